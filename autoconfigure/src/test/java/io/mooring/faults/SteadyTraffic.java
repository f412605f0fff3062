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

package io.mooring.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.awaitility.Awaitility;

import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traffic on connections without faults while other local interfaces change: datagrams
 * from a peer, and a stream to a peer.
 */
final class SteadyTraffic {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final int PORT = 4241;

	private final FaultApplication application;

	private final DatagramConnection datagrams;

	private final StreamConnection stream;

	private final FaultPeer flood;

	private final FaultPeer sink;

	private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

	private int number;

	SteadyTraffic(Wire wire, NetworkNamespaces namespaces) throws InterruptedException {
		this.sink = FaultPeer.start(namespaces, "sink", PORT);
		this.application = FaultApplication.run(
				"datagrams.url=udp-listen:?port=%d&interface=%s".formatted(PORT, wire.name()),
				"stream.url=tcp://%s:%d?framing.type=line&subnet=%s".formatted(wire.peerAddress(), PORT,
						wire.subnet()));
		this.datagrams = this.application.connected("datagrams", DatagramConnection.class);
		this.stream = this.application.connected("stream", StreamConnection.class);
		this.flood = FaultPeer.start(namespaces, "flood", PORT, wire.address());
		this.sender.scheduleWithFixedDelay(this::send, 0, 5, TimeUnit.MILLISECONDS);
	}

	private void send() {
		this.stream.send(String.valueOf(this.number++).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Stop the traffic and check that all messages were received.
	 */
	void check(String fault) throws InterruptedException {
		try (this.application) {
			this.flood.tell("end");
			long sent = Long.parseLong(this.flood.line());
			try (FaultRow row = FaultRow.of(fault, "udp-listen that keeps its address")) {
				LongSupplier received = () -> this.datagrams.getStatistics().received();
				Awaitility.waitAtMost(SOON).untilAsserted(() -> row.lost(sent - received.getAsLong(), sent));
				assertThat(this.datagrams.getStatistics().opens()).isOne();
			}
			this.sender.shutdown();
			assertThat(this.sender.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
			long frames = this.stream.getStatistics().sent();
			try (FaultRow row = FaultRow.of(fault, "tcp that keeps its address")) {
				this.sink.tell("end " + (frames - 1));
				assertThat(this.sink.line()).isEqualTo("0 %d %d", frames - 1, frames);
				row.lost(0, frames);
				assertThat(this.stream.getStatistics().opens()).isOne();
			}
		}
	}

}
