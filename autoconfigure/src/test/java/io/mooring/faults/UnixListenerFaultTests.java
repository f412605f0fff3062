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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixDatagramConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the removal of the file of a Unix listener.
 */
@FaultTest
class UnixListenerFaultTests {

	private static final Duration PATIENCE = Duration.ofMillis(50);

	private static void delete(Path path) {
		try {
			Files.delete(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean reaches(Path path, StreamListener subject) {
		try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
			client.write(ByteBuffer.wrap("hello\n".getBytes()));
			StreamConnection accepted = subject.accept(Duration.ofSeconds(1));
			return accepted != null && accepted.receive(Duration.ofSeconds(1)) != null;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void aListenerMakesItsFileAgainAndKeepsItsClients(@TempDir Path directory) throws Exception {
		Path path = directory.resolve("listener");
		try (FaultApplication application = FaultApplication
			.run("subject.url=unix-listen:" + path + "?framing.type=line");
				FaultRow row = FaultRow.of("own file removed", "unix-listen");
				SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
			StreamListener subject = application.connected("subject", StreamListener.class);
			StreamConnection accepted = subject.accept(Duration.ofSeconds(20));
			row.strike(() -> delete(path), FaultApplication.lost(subject));
			row.repair(() -> {
			}, () -> reaches(path, subject));
			client.write(ByteBuffer.wrap("still here\n".getBytes()));
			assertThat(accepted.receive(Duration.ofSeconds(20))).asString().isEqualTo("still here");
		}
	}

	@Test
	void aDatagramListenerMakesItsFileAgain(@TempDir Path directory) throws Exception {
		Path path = directory.resolve("listener");
		try (FaultApplication application = FaultApplication.run("subject.url=unix-datagram-listen:" + path,
				"peer.url=unix-datagram:" + path);
				FaultRow row = FaultRow.of("own file removed", "unix-datagram-listen")) {
			UnixDatagramConnection subject = application.connected("subject", UnixDatagramConnection.class);
			UnixDatagramConnection peer = application.connected("peer", UnixDatagramConnection.class);
			row.strike(() -> delete(path), FaultApplication.lost(subject));
			row.repair(() -> {
			}, () -> {
				RoundTrip.of(peer).getAsBoolean();
				return subject.receive(PATIENCE) != null;
			});
		}
	}

}
