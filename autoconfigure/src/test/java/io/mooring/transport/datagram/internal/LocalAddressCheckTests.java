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

package io.mooring.transport.datagram.internal;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalAddressCheckTests {

	private static final BindException NOT_AVAILABLE = new BindException("Cannot assign requested address");

	private final LocalAddressCheck check = new LocalAddressCheck(List::of);

	@Test
	void addressThatNoInterfaceHasIsGone() {
		InetAddress local = new InetSocketAddress("192.0.2.1", 5000).getAddress();
		assertThat(this.check.isGone(local, NOT_AVAILABLE)).isTrue();
		assertThat(this.check.isGone(local, new SocketException("Network is unreachable"))).isTrue();
	}

	@Test
	void socketForAllAddressesLosesNone() {
		InetAddress local = new InetSocketAddress(5000).getAddress();
		assertThat(this.check.isGone(local, NOT_AVAILABLE)).isFalse();
		assertThat(this.check.isGone(local, new SocketException("Network is unreachable"))).isFalse();
	}

}
