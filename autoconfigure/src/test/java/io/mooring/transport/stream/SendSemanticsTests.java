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

package io.mooring.transport.stream;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.internal.receive.SendLossSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of frames that a stream accepted.
 */
@Timeout(120)
class SendSemanticsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final int FRAME = 1000;

	private final TestTransports transports = new TestTransports();

	private final List<Integer> lost = Collections.synchronizedList(new ArrayList<>());

	private int refused;

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private StreamConnection open(ServerSocket server) {
		StreamConnection client = this.transports.create(spec(server).build(), StreamConnection.class);
		((SendLossSource) client)
			.setSendLossListener((payload, peer, cause) -> this.lost.add(ByteBuffer.wrap(payload).getInt()));
		client.open();
		return client;
	}

	private static SpecBuilder spec(ServerSocket server) {
		return SpecBuilder.of("client", ConnectionType.TCP)
			.remote("127.0.0.1", server.getLocalPort())
			.framing(FramingSettings.of("length", 65536));
	}

	private static byte[] frame(int number) {
		return ByteBuffer.allocate(FRAME).putInt(number).array();
	}

	/**
	 * Send numbered frames to a peer that does not read, until the kernel takes no more
	 * and the queue is full.
	 * @return how many were accepted
	 */
	private int fill(StreamConnection client, List<CompletableFuture<Void>> outcomes) {
		long sent = -1;
		while (sent != client.getStatistics().sent()) {
			sent = client.getStatistics().sent();
			CompletableFuture<Void> outcome = client.sendAsync(frame(outcomes.size()));
			while (!outcome.isCompletedExceptionally()) {
				outcomes.add(outcome);
				outcome = client.sendAsync(frame(outcomes.size()));
			}
			this.refused++;
			LockSupport.parkNanos(200_000_000);
		}
		return outcomes.size();
	}

	/**
	 * Read what there is.
	 * @return how many whole frames came, numbered without a gap
	 */
	private static int readAll(Socket peer) throws IOException {
		int count = 0;
		DataInputStream input = new DataInputStream(peer.getInputStream());
		byte[] frame = new byte[FRAME + 4];
		while (input.readNBytes(frame, 0, frame.length) == frame.length) {
			assertThat(ByteBuffer.wrap(frame).getInt(4)).isEqualTo(count);
			count++;
		}
		return count;
	}

	@Test
	void ofWhatThePeerDidNotReadPreciselyTheFramesThatTheKernelTookAreSent() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(server);
			try (Socket peer = server.accept()) {
				List<CompletableFuture<Void>> outcomes = new ArrayList<>();
				int accepted = fill(client, outcomes);
				client.close();
				await().atMost(SOON).until(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
				long sent = client.getStatistics().sent();
				assertThat(outcomes.stream().filter((outcome) -> !outcome.isCompletedExceptionally()))
					.hasSize((int) sent);
				assertThat(readAll(peer)).isEqualTo((int) sent).isLessThan(accepted);
				assertThat(client.getStatistics().dropped(DropReason.NOT_SENT))
					.isEqualTo(accepted - sent + this.refused);
			}
		}
	}

	@Test
	void framesThatAreLostAreReportedInOrderAndNotSentAgain() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(server);
			int accepted = 0;
			int received;
			try (Socket peer = server.accept()) {
				Thread closing = new Thread(() -> {
					await().atMost(SOON).until(() -> client.getStatistics().sent() > 0);
					LockSupport.parkNanos(500_000_000);
					client.close();
				});
				closing.start();
				try {
					while (true) {
						client.send(frame(accepted));
						accepted++;
					}
				}
				catch (ConnectionException ex) {
					// It was closed while it waited for room
				}
				closing.join();
				received = readAll(peer);
			}
			int all = accepted;
			await().atMost(SOON).until(() -> this.lost.size() == all - received);
			for (int i = 0; i < this.lost.size(); i++) {
				assertThat(this.lost.get(i)).isEqualTo(received + i);
			}
			assertThat(client.getStatistics().sent()).isEqualTo(received);
			client.open();
			try (Socket peer = server.accept()) {
				client.close();
				assertThat(peer.getInputStream().read()).isEqualTo(-1);
			}
		}
	}

	@Test
	void closingGivesASlowPeerTimeAndTakesNoMore() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(server);
			try (Socket peer = server.accept()) {
				List<CompletableFuture<Void>> outcomes = new ArrayList<>();
				int accepted = fill(client, outcomes);
				CompletableFuture<Void> closing = CompletableFuture
					.runAsync(() -> ((SupervisedConnection) client).shutdown(Duration.ofSeconds(60)));
				assertThat(client.awaitState(ConnectionState.DISCONNECTING, SOON)).isTrue();
				await().atMost(SOON)
					.untilAsserted(() -> assertThatExceptionOfType(ConnectionException.class)
						.isThrownBy(() -> client.send(frame(0)))
						.withMessageContaining("closed"));
				assertThat(readAll(peer)).isEqualTo(accepted);
				closing.get(60, TimeUnit.SECONDS);
				assertThat(outcomes).allSatisfy((outcome) -> assertThat(outcome).isCompleted());
			}
		}
	}

	@Test
	void endingDoesNotWaitForAPeerThatDoesNotRead() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(server);
			try (Socket peer = server.accept()) {
				List<CompletableFuture<Void>> outcomes = new ArrayList<>();
				int accepted = fill(client, outcomes);
				long begin = System.nanoTime();
				((SupervisedConnection) client).shutdown(Duration.ofSeconds(60));
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
				// Everybody was told before it returned
				assertThat(outcomes).allSatisfy((outcome) -> assertThat(outcome.isDone()).isTrue());
				assertThat(client.getStatistics().dropped(DropReason.NOT_SENT))
					.isEqualTo(accepted - client.getStatistics().sent() + this.refused)
					.isPositive();
				assertThat(peer.isConnected()).isTrue();
			}
		}
	}

	@Test
	void framesThatWaitWhileSendingIsPausedAreLostWithTheConnection() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(server);
			try (Socket peer = server.accept()) {
				client.pauseSending();
				CompletableFuture<Void> outcome = client.sendAsync(frame(0));
				client.close();
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> outcome.get(10, TimeUnit.SECONDS))
					.withMessageContaining("lost a frame");
				assertThat(readAll(peer)).isZero();
				assertThat(client.getStatistics().dropped(DropReason.NOT_SENT)).isEqualTo(1);
			}
		}
	}

	@Test
	void aPeerThatIsStillSendingGetsWhatTheKernelHasForIt() throws Exception {
		// It is sending, though its thread may come late
		this.transports.holdTime();
		try (ServerSocket server = StreamPeerSocket.server()) {
			// Small, so that what it does not read stays here
			server.setReceiveBufferSize(8 * 1024);
			StreamConnection client = open(server);
			client.pauseReceiving();
			try (Socket peer = server.accept()) {
				AtomicBoolean over = new AtomicBoolean();
				Thread talking = new Thread(() -> talk(peer, over));
				talking.start();
				for (int i = 0; i < 200; i++) {
					client.send(frame(i));
				}
				await().atMost(SOON).until(() -> client.getStatistics().sent() == 200);
				CompletableFuture<Void> closing = CompletableFuture.runAsync(client::close);
				// Read slowly
				LockSupport.parkNanos(500_000_000);
				assertThat(readAll(peer)).isEqualTo(200);
				over.set(true);
				peer.close();
				closing.get(10, TimeUnit.SECONDS);
				talking.join();
			}
		}
	}

	private static void talk(Socket peer, AtomicBoolean over) {
		try {
			while (!over.get()) {
				peer.getOutputStream().write(frame(0));
			}
		}
		catch (IOException ex) {
			// It was closed
		}
	}

}
