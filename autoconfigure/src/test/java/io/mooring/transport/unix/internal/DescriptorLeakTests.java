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

package io.mooring.transport.unix.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.Ancillary;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.OverflowPolicy;
import io.mooring.PacketClient;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.codec.Codec;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Descriptors that nobody took are closed, however their datagram ends.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class DescriptorLeakTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	// Of the JVM itself, such as jars that are opened on the way
	private static final int OTHERS = 20;

	private static final int CAPACITY = 100;

	private final TestTransports transports = new TestTransports();

	@TempDir
	private Path directory;

	private UnixDatagramConnection listener;

	private UnixDatagramConnection client;

	private long before;

	@BeforeEach
	void open() throws IOException {
		String path = this.directory.resolve("leak.sock").toString();
		this.listener = this.transports.create(SpecBuilder.of("listen", ConnectionType.UNIX_DATAGRAM_LISTEN)
			.unix(Specs.path(path, true, true))
			.receive(SpecBuilder.receive(CAPACITY, OverflowPolicy.DROP_OLDEST, 1000, false))
			.build(), UnixDatagramConnection.class);
		this.listener.open();
		this.client = this.transports.create(
				SpecBuilder.of("client", ConnectionType.UNIX_DATAGRAM).unix(Specs.path(path)).build(),
				UnixDatagramConnection.class);
		this.client.open();
		send(1);
		this.listener.receive(SOON).close();
		this.before = descriptors();
	}

	@AfterEach
	void close() {
		this.transports.close();
	}

	private static long descriptors() throws IOException {
		try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
			return entries.count();
		}
	}

	private void send(int count) throws IOException {
		try (FileInputStream stream = new FileInputStream("/dev/null")) {
			Ancillary ancillary = Ancillary.ofDescriptors(stream.getFD());
			for (int i = 0; i < count; i++) {
				this.client.send(new byte[] { 1 }, ancillary, SOON);
			}
		}
	}

	private void awaitReceived(long count) {
		await().atMost(SOON).until(() -> this.listener.getStatistics().received() == count + 1);
	}

	@SuppressWarnings("unchecked")
	private MessageSource<UnixDatagram> source() {
		return (MessageSource<UnixDatagram>) this.listener;
	}

	@Test
	void consumersLeaveNoneOfAHundredThousand() throws Exception {
		source().attach("the test", (datagram) -> assertThat(datagram.descriptors()).hasSize(1));
		send(100_000);
		awaitReceived(100_000);
		await().atMost(SOON).untilAsserted(() -> assertThat(descriptors()).isLessThan(this.before + OTHERS));
		assertThat(this.listener.getStatistics().dropped()).isZero();
	}

	@Test
	void consumersThatThrowLeaveNone() throws Exception {
		source().attach("the test", (datagram) -> {
			throw new IllegalStateException("on purpose");
		});
		send(CAPACITY);
		awaitReceived(CAPACITY);
		await().atMost(SOON).untilAsserted(() -> assertThat(descriptors()).isLessThan(this.before + OTHERS));
	}

	@Test
	void fullQueueAndClosingLeaveNone() throws Exception {
		send(10_000);
		awaitReceived(10_000);
		assertThat(descriptors()).isBetween(this.before + CAPACITY - OTHERS, this.before + CAPACITY + OTHERS);
		assertThat(this.listener.getStatistics().dropped(DropReason.QUEUE_FULL)).isEqualTo(10_000 - CAPACITY);
		this.listener.close();
		assertThat(descriptors()).isLessThan(this.before + OTHERS);
		assertThat(this.listener.getStatistics().dropped(DropReason.CLOSED)).isEqualTo(CAPACITY);
	}

	@Test
	void packetsLeaveNone() throws Exception {
		PacketClient<Integer> packets = this.listener.packets(new LengthCodec());
		send(CAPACITY);
		awaitReceived(CAPACITY);
		List<Integer> received = new ArrayList<>();
		packets.receiveAll(Duration.ZERO).forEach(received::add);
		assertThat(received).hasSize(CAPACITY).containsOnly(1);
		assertThat(packets.receiveAll(Duration.ZERO)).isEmpty();
		assertThat(descriptors()).isLessThan(this.before + OTHERS);
	}

	@Test
	void forgottenDatagramsAreCleanedUp() throws Exception {
		send(CAPACITY);
		for (int i = 0; i < CAPACITY; i++) {
			assertThat(this.listener.receive(SOON)).isNotNull();
		}
		await().atMost(SOON).untilAsserted(() -> {
			System.gc();
			assertThat(descriptors()).isLessThan(this.before + OTHERS);
		});
	}

	@Test
	void openingAndClosingLeavesNone() throws Exception {
		for (int i = 0; i < 200; i++) {
			this.client.close();
			this.listener.close();
			this.listener.open();
			this.client.open();
		}
		assertThat(descriptors()).isLessThan(this.before + OTHERS);
	}

	private static final class LengthCodec implements Codec<Integer> {

		@Override
		public byte[] encode(Integer value) {
			return new byte[value];
		}

		@Override
		public Integer decode(byte[] frame) {
			return frame.length;
		}

	}

}
