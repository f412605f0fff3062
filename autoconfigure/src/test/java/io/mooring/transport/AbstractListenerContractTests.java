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

package io.mooring.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.Direction;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What holds for every type that listens for streams. A subclass for each type brings
 * real peers, which put their messages into frames.
 */
@Timeout(60)
public abstract class AbstractListenerContractTests implements ContractTests {

	protected static final Duration SOON = Duration.ofSeconds(10);

	protected static final Duration NOT = Duration.ofMillis(200);

	protected final TestTransports transports;

	private final List<Peer> peers = new ArrayList<>();

	protected AbstractListenerContractTests() {
		this(new TestTransports());
	}

	protected AbstractListenerContractTests(TestTransports transports) {
		this.transports = transports;
	}

	/**
	 * Describe a listener that can be opened.
	 * @param name its name
	 * @return a builder
	 */
	protected abstract SpecBuilder spec(String name) throws IOException;

	/**
	 * Connect to an open listener.
	 * @param listener the listener
	 * @return a peer
	 */
	protected abstract Peer newPeer(StreamListener listener) throws IOException;

	@Override
	public TestTransports transports() {
		return this.transports;
	}

	@AfterEach
	void closeAll() throws IOException {
		for (Peer peer : this.peers) {
			peer.close();
		}
		this.transports.close();
	}

	private StreamListener listener(SpecBuilder spec) {
		return (StreamListener) this.transports.create(spec.build());
	}

	private StreamListener open() throws IOException {
		StreamListener listener = listener(spec("contract"));
		listener.open();
		return listener;
	}

	private Peer peer(StreamListener listener) throws IOException {
		Peer peer = newPeer(listener);
		this.peers.add(peer);
		return peer;
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<PeerFrame> source(StreamListener listener) {
		return (MessageSource<PeerFrame>) listener;
	}

	private static String text(byte[] message) {
		return new String(message, StandardCharsets.UTF_8);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void opensOnceForManyThreadsAndClosesOnce() throws Exception {
		StreamListener listener = listener(spec("contract"));
		assertThat(listener).isInstanceOf(type().getBeanType());
		assertThat(listener.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		assertThat(listener.getLocalAddress()).isNull();
		IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.runAsync(listener::open))
			.toList()
			.forEach(CompletableFuture::join);
		assertThat(listener.getLocalAddress()).isNotNull();
		listener.close();
		listener.close();
		assertThat(listener.getLocalAddress()).isNull();
		assertThat(listener.getStatistics().opens()).isEqualTo(1);
		assertThat(this.transports.states()).containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED,
				ConnectionState.DISCONNECTING, ConnectionState.DISCONNECTED);
	}

	@Test
	void messagesOfClientsPassTheInterceptorsOfTheListener() throws Exception {
		this.transports.beans().put("brackets", new BracketInterceptor("(", ")"));
		StreamListener listener = listener(spec("contract").interceptors(List.of("brackets")));
		listener.open();
		Peer peer = peer(listener);
		peer.send(utf8("nothing"));
		peer.send(utf8("hello"));
		StreamConnection client = listener.accept(SOON);
		String type = " " + type() + " ";
		assertThat(text(client.receive(SOON))).isEqualTo("(in" + type + "hello)");
		client.send(utf8("nothing"));
		client.send(utf8("bye"));
		assertThat(text(peer.receive())).isEqualTo("(out" + type + "bye)");
		listener.send(utf8("all"));
		assertThat(text(peer.receive())).isEqualTo("(out" + type + "all)");
		assertThat(listener.getStatistics().dropped(DropReason.INTERCEPTOR)).isEqualTo(2);
	}

	@Test
	void acceptsClientsInOrderAndConversesWithEach() throws Exception {
		StreamListener listener = open();
		for (int i = 0; i < 3; i++) {
			Peer peer = peer(listener);
			StreamConnection client = listener.accept(SOON);
			for (int j = 0; j < 20; j++) {
				peer.send(utf8(i + " " + j));
			}
			for (int j = 0; j < 20; j++) {
				assertThat(text(client.receive(SOON))).isEqualTo(i + " " + j);
			}
			client.send(utf8("answer " + i));
			assertThat(text(peer.receive())).isEqualTo("answer " + i);
		}
		assertThat(listener.getClients()).hasSize(3);
		assertThat(listener.getStatistics().received()).isEqualTo(60);
		assertThat(listener.accept(Duration.ZERO)).isNull();
		assertThat(listener.accept(NOT)).isNull();
	}

	@Test
	void anAcceptedConnectionOpensOnce() throws Exception {
		StreamListener listener = open();
		peer(listener);
		StreamConnection client = listener.accept(SOON);
		client.open();
		client.close();
		// The listener closes the connection as well, which may end an attempt
		await().atMost(SOON)
			.untilAsserted(() -> assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
				.withMessageContaining("once"));
	}

	@Test
	void closingEndsAPendingAcceptAndTheClients() throws Exception {
		StreamListener listener = open();
		peer(listener);
		StreamConnection client = listener.accept(SOON);
		CompletableFuture<StreamConnection> accepting = CompletableFuture
			.supplyAsync(() -> listener.accept(Duration.ofMinutes(5)));
		CompletableFuture<byte[]> receiving = CompletableFuture
			.supplyAsync(() -> client.receive(Duration.ofMinutes(5)));
		await().during(NOT).atMost(SOON).until(() -> !accepting.isDone() && !receiving.isDone());
		listener.close();
		assertThat(accepting.get(10, TimeUnit.SECONDS)).isNull();
		assertThat(receiving.get(10, TimeUnit.SECONDS)).isNull();
		assertThat(client.getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	void canBeOpenedAgain() throws Exception {
		StreamListener listener = open();
		peer(listener);
		assertThat(listener.accept(SOON)).isNotNull();
		listener.close();
		listener.open();
		peer(listener).send(utf8("again"));
		assertThat(text(listener.accept(SOON).receive(SOON))).isEqualTo("again");
	}

	@Test
	void aConsumerGetsTheFramesOfAllClientsWithTheirPeers() throws Exception {
		StreamListener listener = open();
		List<PeerFrame> taken = new CopyOnWriteArrayList<>();
		Peer first = peer(listener);
		first.send(utf8("before"));
		await().atMost(SOON).until(() -> listener.getStatistics().received() == 1);
		MessageSource.Attachment attachment = source(listener).attach("the test", taken::add);
		assertThatIllegalStateException().isThrownBy(() -> listener.accept(Duration.ZERO))
			.withMessage("Connection 'contract': the messages of all clients go to the test");
		assertThatIllegalStateException().isThrownBy(() -> source(listener).attach("another", taken::add));
		// Clients are served in parallel
		await().atMost(SOON).until(() -> taken.size() == 1);
		Peer second = peer(listener);
		second.send(utf8("from the second"));
		await().atMost(SOON).until(() -> taken.size() == 2);
		assertThat(taken).extracting((frame) -> text(frame.payload())).containsExactly("before", "from the second");
		listener.send(utf8("to the second"), taken.get(1).peer().getId());
		listener.send(utf8("to all"));
		assertThat(text(second.receive())).isEqualTo("to the second");
		assertThat(text(second.receive())).isEqualTo("to all");
		assertThat(text(first.receive())).isEqualTo("to all");
		attachment.detach();
		attachment.detach();
		first.send(utf8("after"));
		assertThat(text(listener.accept(SOON).receive(SOON))).isEqualTo("after");
	}

	@Test
	void refusesWhatItsDirectionExcludes() throws Exception {
		StreamListener receiver = listener(spec("receiver").direction(Direction.RECEIVE));
		receiver.open();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> receiver.send(utf8("no")))
			.withMessageContaining("'receiver' is receive-only");
		StreamListener sender = listener(spec("sender").direction(Direction.SEND));
		sender.open();
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> source(sender).attach("the test", (frame) -> {
			}))
			.withMessageContaining("'sender' is send-only");
		Peer peer = peer(sender);
		peer.send(utf8("nobody listens"));
		await().atMost(SOON).until(() -> sender.getClients().size() == 1);
		sender.send(utf8("out"));
		assertThat(text(peer.receive())).isEqualTo("out");
		peer.close();
		await().atMost(SOON).until(() -> sender.getClients().isEmpty());
	}

	@Test
	void refusesToSendWhileItIsNotOpen() throws Exception {
		StreamListener listener = open();
		listener.close();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> listener.send(utf8("no")))
			.withMessageContaining("'contract' is not open (DISCONNECTED)");
	}

	@Test
	void pausesAndResumesBothWays() throws Exception {
		StreamListener listener = open();
		Peer peer = peer(listener);
		StreamConnection client = listener.accept(SOON);
		listener.pauseReceiving();
		peer.send(utf8("held back"));
		assertThat(client.receive(NOT)).isNull();
		listener.resumeReceiving();
		assertThat(text(client.receive(SOON))).isEqualTo("held back");
		listener.pauseSending();
		CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> listener.send(utf8("held back")));
		await().during(NOT).atMost(SOON).until(() -> !sender.isDone());
		listener.resumeSending();
		assertThat(text(peer.receive())).isEqualTo("held back");
	}

}
