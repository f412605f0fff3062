/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.mooring.binding;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InterfaceSnapshotTests {

	@Test
	void theBroadcastAddressIsTheReportedOneWhereThereIsOne() throws Exception {
		assertThat(address("10.0.0.5", 24, "10.0.255.255").effectiveBroadcast()).isEqualTo(ip("10.0.255.255"));
	}

	@Test
	void theBroadcastAddressIsComputedWhereNoneOrZeroIsReported() throws Exception {
		assertThat(address("10.0.0.5", 24, "0.0.0.0").effectiveBroadcast()).isEqualTo(ip("10.0.0.255"));
		assertThat(address("127.0.0.1", 8, null).effectiveBroadcast()).isEqualTo(ip("127.255.255.255"));
		assertThat(address("10.0.0.5", 32, null).effectiveBroadcast()).isNull();
		assertThat(address("fd00::1", 64, null).effectiveBroadcast()).isNull();
	}

	@Test
	void theBroadcastAddressBelongsToOneOfTheAddresses() throws Exception {
		InterfaceSnapshot snapshot = new InterfaceSnapshot("eth0", 2, true, false, true,
				List.of(address("10.0.0.5", 24, null), address("10.1.0.5", 16, null)));
		assertThat(snapshot.broadcastOf(ip("10.1.0.5"))).isEqualTo(ip("10.1.255.255"));
		assertThat(snapshot.broadcastOf(ip("10.1.0.6"))).isNull();
	}

	@Test
	void isWrittenAsACandidate() throws Exception {
		assertThat(new InterfaceSnapshot("eth0", 2, true, false, true, List.of())).hasToString("eth0 (no address)");
		assertThat(new InterfaceSnapshot("eth0", 2, false, false, true, List.of(address("10.0.0.5", 24, null))))
			.hasToString("eth0 (10.0.0.5/24, down)");
	}

	private static InterfaceSnapshot.Address address(String address, int prefixLength, String broadcast)
			throws Exception {
		return new InterfaceSnapshot.Address(ip(address), prefixLength, (broadcast != null) ? ip(broadcast) : null);
	}

	private static InetAddress ip(String address) throws Exception {
		return InetAddress.getByName(address);
	}

}
