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

package io.mooring.transport.internal.heartbeat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ConnectionType;
import io.mooring.codec.EscapedBytes;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.NoSocket;
import io.mooring.transport.settings.HeartbeatSettings;

import static org.awaitility.Awaitility.await;

@Timeout(60)
class DatagramHeartbeatTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	private final Counting side = new Counting();

	private final DatagramHeartbeat<NoSocket> heartbeat = new DatagramHeartbeat<>(
			SpecBuilder.of("feed", ConnectionType.UDP)
				.heartbeat(new HeartbeatSettings(Duration.ofMillis(20), EscapedBytes.parse("PING"), null))
				.build(),
			this.transports.context(), LogFactory.getLog(getClass()), this.side);

	@AfterEach
	void close() {
		this.transports.close();
	}

	@Test
	void aSocketThatIsOpenHasHeartbeats() {
		NoSocket socket = socket();
		this.heartbeat.opened(socket);
		await().atMost(SOON).until(() -> this.side.beats.get() > 3);
		this.heartbeat.closing(socket);
		this.heartbeat.opened(socket());
		int beats = this.side.beats.get();
		await().atMost(SOON).until(() -> this.side.beats.get() > beats + 3);
	}

	@Test
	void aSocketThatIsClosedBeforeItIsSaidToBeOpenHasNone() {
		NoSocket socket = socket();
		this.heartbeat.closing(socket);
		this.heartbeat.opened(socket);
		await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> this.side.beats.get() == 0);
	}

	private static NoSocket socket() {
		return new NoSocket(() -> {
		});
	}

	private static final class Counting implements DatagramSide<NoSocket> {

		private final AtomicInteger beats = new AtomicInteger();

		@Override
		public void sendHeartbeat(NoSocket socket, byte[] payload) {
			this.beats.incrementAndGet();
		}

		@Override
		public boolean isReceivingPaused() {
			return false;
		}

		@Override
		public boolean awaitFirst(NoSocket socket) {
			return true;
		}

		@Override
		public void silent(NoSocket socket, IOException cause) {
		}

	}

}
