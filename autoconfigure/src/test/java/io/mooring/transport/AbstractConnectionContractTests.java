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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionTimeoutException;
import io.mooring.Direction;
import io.mooring.DropReason;
import io.mooring.Lease;
import io.mooring.MessageConnection;
import io.mooring.OverflowPolicy;
import io.mooring.PacketClient;
import io.mooring.codec.Codec;
import io.mooring.codec.CodecException;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/**
 * What holds for every type of connection that carries messages. A subclass for each type
 * brings a real peer.
 *
 * @param <M> the type of a message
 */
@Timeout(60)
public abstract class AbstractConnectionContractTests<M> implements ContractTests {

	protected static final Duration SOON = Duration.ofSeconds(10);

	protected static final Duration NOT = Duration.ofMillis(200);

	protected final TestTransports transports;

	private final List<Peer> peers = new ArrayList<>();

	protected AbstractConnectionContractTests() {
		this(new TestTransports());
	}

	protected AbstractConnectionContractTests(TestTransports transports) {
		this.transports = transports;
	}

	@Override
	public TestTransports transports() {
		return this.transports;
	}

	/**
	 * Describe a connection that can be opened.
	 * @param name its name
	 * @return a builder
	 */
	protected abstract SpecBuilder spec(String name) throws IOException;

	/**
	 * Return the peer of an open connection, which the connection sends to by default.
	 * @param connection the connection
	 * @return a peer
	 */
	protected abstract Peer newPeer(MessageConnection<M> connection) throws IOException;

	/**
	 * Send to the peer.
	 * @param connection the connection
	 * @param bytes what to send
	 * @param to the peer
	 */
	protected abstract void send(MessageConnection<M> connection, byte[] bytes, Peer to);

	protected abstract byte[] bytes(M message);

	/**
	 * Return whether the type can send. One that cannot is only asked to refuse.
	 * @return whether it can
	 */
	protected boolean sends() {
		return true;
	}

	@AfterEach
	void closeAll() throws IOException {
		for (Peer peer : this.peers) {
			peer.close();
		}
		this.transports.close();
	}

	@SuppressWarnings("unchecked")
	protected MessageConnection<M> connection(ConnectionSpec spec) {
		return (MessageConnection<M>) this.transports.create(spec);
	}

	protected MessageConnection<M> open() throws IOException {
		MessageConnection<M> connection = connection(spec("contract").build());
		connection.open();
		return connection;
	}

	protected Peer peer(MessageConnection<M> connection) throws IOException {
		Peer peer = newPeer(connection);
		this.peers.add(peer);
		return peer;
	}

	@SuppressWarnings("unchecked")
	protected static <M> MessageSource<M> source(MessageConnection<M> connection) {
		return (MessageSource<M>) connection;
	}

	private String text(M message) {
		return new String(bytes(message), StandardCharsets.UTF_8);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void isDisconnectedBeforeItIsOpened() throws Exception {
		MessageConnection<M> connection = connection(spec("contract").build());
		assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		assertThat(connection.getStatus().enabled()).isFalse();
		assertThat(connection.getLocalAddress()).isNull();
		assertThat(connection.getRemoteAddress()).isNull();
		assertThat(connection.getType()).isEqualTo(type());
		assertThat(connection).isInstanceOf(type().getBeanType());
		connection.close();
		assertThat(this.transports.events()).isEmpty();
	}

	@Test
	void opensOnceAndClosesOnce() throws Exception {
		MessageConnection<M> connection = open();
		connection.open();
		assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(connection.getLocalAddress()).isNotNull();
		connection.close();
		connection.close();
		assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		assertThat(connection.getLocalAddress()).isNull();
		assertThat(this.transports.states()).containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED,
				ConnectionState.DISCONNECTING, ConnectionState.DISCONNECTED);
		assertThat(connection.getStatistics().opens()).isEqualTo(1);
	}

	@Test
	void opensOnceForManyThreads() throws Exception {
		MessageConnection<M> connection = connection(spec("contract").build());
		List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.runAsync(connection::open))
			.toList();
		callers.forEach(CompletableFuture::join);
		assertThat(connection.getStatistics().opens()).isEqualTo(1);
	}

	@Test
	void messagesPassInterceptorsTheFirstOneNearestToTheNetwork() throws Exception {
		BracketInterceptor outer = new BracketInterceptor("(", ")");
		this.transports.beans().put("outer", outer);
		this.transports.beans().put("inner", new BracketInterceptor("[", "]"));
		MessageConnection<M> connection = connection(spec("contract").interceptors(List.of("outer", "inner")).build());
		connection.open();
		Peer peer = peer(connection);
		peer.send(utf8("nothing"));
		peer.send(utf8("hello"));
		String type = " " + type() + " ";
		assertThat(text(connection.receive(SOON))).isEqualTo("[in" + type + "(in" + type + "hello)]");
		if (sends()) {
			send(connection, utf8("nothing"), peer);
			send(connection, utf8("bye"), peer);
			assertThat(peer.receive()).asString().isEqualTo("(out" + type + "[out" + type + "bye])");
		}
		assertThat(connection.getStatistics().dropped(DropReason.INTERCEPTOR)).isEqualTo(sends() ? 2 : 1);
		connection.close();
		assertThat(outer.states()).containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED,
				ConnectionState.DISCONNECTING, ConnectionState.DISCONNECTED);
	}

	@Test
	void anInterceptorThatIsNotThereFailsTheOpening() throws Exception {
		MessageConnection<M> connection = connection(spec("contract").interceptors(List.of("nobody")).build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open)
			.withMessageContaining("nobody");
		connection.close();
	}

	@Test
	void canBeOpenedAgain() throws Exception {
		MessageConnection<M> connection = open();
		connection.close();
		connection.open();
		Peer peer = peer(connection);
		peer.send(utf8("again"));
		assertThat(text(connection.receive(SOON))).isEqualTo("again");
		assertThat(connection.getStatistics().opens()).isEqualTo(2);
	}

	@Test
	void stateCanBeAwaited() throws Exception {
		MessageConnection<M> connection = connection(spec("contract").build());
		assertThat(connection.awaitState(ConnectionState.CONNECTED, NOT)).isFalse();
		CompletableFuture<Void> opening = CompletableFuture.runAsync(connection::open);
		assertThat(connection.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		opening.join();
	}

	@Test
	void receivesInOrder() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		for (int i = 0; i < 20; i++) {
			peer.send(utf8("message " + i));
		}
		for (int i = 0; i < 20; i++) {
			assertThat(text(connection.receive(SOON))).isEqualTo("message " + i);
		}
		assertThat(connection.getStatistics().received()).isEqualTo(20);
		assertThat(connection.getStatistics().receivedBytes()).isEqualTo(10 * 9 + 10 * 10);
		assertThat(connection.getStatistics().receiveRate()).isPositive();
		await().atMost(SOON).until(() -> connection.getStatistics().receiveRate() == 0);
	}

	@Test
	void sendsToItsPeer() throws Exception {
		if (!sends()) {
			return;
		}
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		send(connection, utf8("hello"), peer);
		assertThat(peer.receive()).asString().isEqualTo("hello");
		// A transport that queues counts when the kernel took it, at which the peer may
		// be
		// quicker
		await().atMost(SOON).untilAsserted(() -> assertThat(connection.getStatistics().sent()).isEqualTo(1));
		assertThat(connection.getStatistics().sentBytes()).isEqualTo(5);
	}

	@Test
	void receiveGivesNullWhenTimeIsUp() throws Exception {
		MessageConnection<M> connection = open();
		assertThat(connection.receive(Duration.ZERO)).isNull();
		assertThat(connection.receive(NOT)).isNull();
	}

	@Test
	void durationsOfAnyLengthAreAccepted() throws Exception {
		MessageConnection<M> connection = open();
		Duration forever = ChronoUnit.FOREVER.getDuration();
		peer(connection).send(utf8("hello"));
		assertThat(text(connection.receive(forever))).isEqualTo("hello");
		assertThat(connection.awaitState(ConnectionState.CONNECTED, forever)).isTrue();
		connection.acquire(forever).close();
		assertThat(connection.receive(forever.negated())).isNull();
	}

	@Test
	void closingEndsPendingReceives() throws Exception {
		MessageConnection<M> connection = open();
		CompletableFuture<Thread> receiver = new CompletableFuture<>();
		CompletableFuture<M> waiting = CompletableFuture.supplyAsync(() -> {
			receiver.complete(Thread.currentThread());
			return connection.receive(Duration.ofMinutes(5));
		});
		await().atMost(SOON).until(() -> receiver.join().getState() == Thread.State.TIMED_WAITING);
		CompletableFuture<M> asked = connection.receiveAsync();
		connection.close();
		assertThat(waiting.get(10, TimeUnit.SECONDS)).isNull();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(asked::join)
			.withCauseInstanceOf(ConnectionException.class);
	}

	@Test
	void asynchronousReceivesAreServedInOrderAndCancelledOnesTakeNothing() throws Exception {
		MessageConnection<M> connection = open();
		CompletableFuture<M> first = connection.receiveAsync();
		CompletableFuture<M> cancelled = connection.receiveAsync();
		CompletableFuture<M> second = connection.receiveAsync();
		cancelled.cancel(false);
		Peer peer = peer(connection);
		peer.send(utf8("one"));
		peer.send(utf8("two"));
		assertThat(text(first.get(10, TimeUnit.SECONDS))).isEqualTo("one");
		assertThat(text(second.get(10, TimeUnit.SECONDS))).isEqualTo("two");
	}

	@Test
	void receiveOnlyRefusesToSend() throws Exception {
		MessageConnection<M> connection = connection(spec("contract").direction(Direction.RECEIVE).build());
		connection.open();
		Peer peer = peer(connection);
		assertThat(connection.canSend()).isFalse();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> send(connection, utf8("no"), peer))
			.withMessageContaining("'contract' is receive-only");
		peer.send(utf8("yes"));
		assertThat(text(connection.receive(SOON))).isEqualTo("yes");
	}

	@Test
	void sendOnlyRefusesToReceive() throws Exception {
		if (!sends()) {
			return;
		}
		MessageConnection<M> connection = connection(spec("contract").direction(Direction.SEND).build());
		connection.open();
		assertThat(connection.canReceive()).isFalse();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> connection.receive(Duration.ZERO))
			.withMessageContaining("'contract' is send-only");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::receiveAsync);
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::publisher);
		Peer peer = peer(connection);
		send(connection, utf8("out"), peer);
		assertThat(peer.receive()).asString().isEqualTo("out");
	}

	@Test
	void refusesToSendWhileItIsNotOpen() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		connection.close();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> send(connection, utf8("no"), peer))
			.withMessageContaining(sends() ? "'contract' is not open (DISCONNECTED)" : "'contract' is receive-only");
	}

	@Test
	void pausesAndResumesReceiving() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		connection.pauseReceiving();
		peer.send(utf8("held back"));
		assertThat(connection.receive(NOT)).isNull();
		connection.resumeReceiving();
		assertThat(text(connection.receive(SOON))).isEqualTo("held back");
	}

	@Test
	void canBeClosedWhilePaused() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		connection.pauseReceiving();
		connection.pauseSending();
		peer.send(utf8("held back"));
		CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(connection, utf8("held back"), peer));
		connection.close();
		assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		sender.handle((done, ex) -> done).get(10, TimeUnit.SECONDS);
	}

	@Test
	void pausesAndResumesSending() throws Exception {
		if (!sends()) {
			return;
		}
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		connection.pauseSending();
		CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(connection, utf8("held back"), peer));
		CompletableFuture<byte[]> arrival = CompletableFuture.supplyAsync(() -> receive(peer));
		await().during(NOT).atMost(SOON).until(() -> !arrival.isDone());
		connection.resumeSending();
		sender.get(10, TimeUnit.SECONDS);
		assertThat(arrival.get(10, TimeUnit.SECONDS)).asString().isEqualTo("held back");
	}

	private static byte[] receive(Peer peer) {
		try {
			return peer.receive();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void consumerTakesOverWhatWasQueuedFirst() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		peer.send(utf8("0"));
		peer.send(utf8("1"));
		await().atMost(SOON).until(() -> connection.getStatistics().received() == 2);
		List<String> taken = new CopyOnWriteArrayList<>();
		MessageSource.Attachment attachment = source(connection).attach("the test",
				(message) -> taken.add(text(message)));
		peer.send(utf8("2"));
		await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactly("0", "1", "2"));
		assertThatIllegalStateException().isThrownBy(() -> connection.receive(Duration.ZERO))
			.withMessage("Connection 'contract': the messages go to the test");
		assertThatIllegalStateException().isThrownBy(() -> source(connection).attach("another", taken::remove))
			.withMessage("Connection 'contract': the messages go to the test");
		attachment.detach();
		attachment.detach();
		peer.send(utf8("3"));
		assertThat(text(connection.receive(SOON))).isEqualTo("3");
	}

	@Test
	void readingSurvivesItsConsumer() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		List<String> taken = new CopyOnWriteArrayList<>();
		source(connection).attach("the test", (message) -> {
			switch (text(message)) {
				case "exception" -> throw new IllegalArgumentException("on purpose");
				case "error" -> throw new StackOverflowError("on purpose");
				case "interrupt" -> Thread.currentThread().interrupt();
				default -> taken.add(text(message));
			}
		});
		for (String text : new String[] { "exception", "error", "interrupt", "fine" }) {
			peer.send(utf8(text));
		}
		await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactly("fine"));
		assertThat(connection.getStatistics().dropped(DropReason.CONSUMER)).isEqualTo(2);
		assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void readingSurvivesAnInterruptFromElsewhere() throws Exception {
		List<Object> receive = SpecBuilder.receive(1, OverflowPolicy.BLOCK, 1000, false);
		MessageConnection<M> connection = connection(spec("contract").receive(receive).build());
		connection.open();
		Peer peer = peer(connection);
		AtomicReference<Thread> reader = new AtomicReference<>();
		MessageSource.Attachment attachment = source(connection).attach("the test",
				(message) -> reader.set(Thread.currentThread()));
		peer.send(utf8("first"));
		await().atMost(SOON).until(() -> reader.get() != null);
		attachment.detach();
		reader.get().interrupt();
		peer.send(utf8("second"));
		assertThat(text(connection.receive(SOON))).isEqualTo("second");
		connection.pauseReceiving();
		reader.get().interrupt();
		connection.resumeReceiving();
		peer.send(utf8("third"));
		assertThat(text(connection.receive(SOON))).isEqualTo("third");
		assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void connectionCanBeClosedByItsConsumer() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		AtomicReference<MessageSource.Attachment> attachment = new AtomicReference<>();
		attachment.set(source(connection).attach("the test", (message) -> {
			attachment.get().detach();
			connection.close();
		}));
		peer.send(utf8("close"));
		assertThat(connection.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
	}

	@Test
	void interruptedSenderDoesNotCloseTheConnection() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		CompletableFuture<Boolean> sender = CompletableFuture.supplyAsync(() -> {
			Thread.currentThread().interrupt();
			try {
				send(connection, utf8("interrupted"), peer);
			}
			catch (ConnectionException ex) {
				// A transport that has to wait for something may refuse
			}
			return Thread.interrupted();
		});
		assertThat(sender.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
		peer.send(utf8("still there"));
		assertThat(text(connection.receive(SOON))).isEqualTo("still there");
	}

	@Test
	void fullQueueDropsTheOldestAndCountsThem() throws Exception {
		List<Object> receive = SpecBuilder.receive(3, OverflowPolicy.DROP_OLDEST, 1000, false);
		MessageConnection<M> connection = connection(spec("contract").receive(receive).build());
		connection.open();
		Peer peer = peer(connection);
		for (int i = 0; i < 10; i++) {
			peer.send(utf8(String.valueOf(i)));
		}
		await().atMost(SOON).until(() -> connection.getStatistics().received() == 10);
		await().atMost(SOON).until(() -> connection.getStatistics().dropped(DropReason.QUEUE_FULL) == 7);
		assertThat(text(connection.receive(SOON))).isEqualTo("7");
		assertThat(text(connection.receive(SOON))).isEqualTo("8");
		assertThat(text(connection.receive(SOON))).isEqualTo("9");
	}

	@Test
	void fullQueueDropsTheNewestWhereToldTo() throws Exception {
		List<Object> receive = SpecBuilder.receive(3, OverflowPolicy.DROP_NEWEST, 1000, false);
		MessageConnection<M> connection = connection(spec("contract").receive(receive).build());
		connection.open();
		Peer peer = peer(connection);
		for (int i = 0; i < 10; i++) {
			peer.send(utf8(String.valueOf(i)));
		}
		await().atMost(SOON).until(() -> connection.getStatistics().dropped(DropReason.QUEUE_FULL) == 7);
		assertThat(text(connection.receive(SOON))).isEqualTo("0");
	}

	@Test
	void fullQueueHoldsBackTheReaderWhereToldTo() throws Exception {
		List<Object> receive = SpecBuilder.receive(3, OverflowPolicy.BLOCK, 1000, false);
		MessageConnection<M> connection = connection(spec("contract").receive(receive).build());
		connection.open();
		Peer peer = peer(connection);
		for (int i = 0; i < 10; i++) {
			peer.send(utf8(String.valueOf(i)));
		}
		for (int i = 0; i < 10; i++) {
			assertThat(text(connection.receive(SOON))).isEqualTo(String.valueOf(i));
		}
		assertThat(connection.getStatistics().dropped()).isZero();
	}

	@Test
	void messagesThatNobodyTookBeforeTheConnectionWasClosedAreCounted() throws Exception {
		List<Object> receive = SpecBuilder.receive(1, OverflowPolicy.BLOCK, 1000, false);
		MessageConnection<M> connection = connection(spec("contract").receive(receive).build());
		connection.open();
		Peer peer = peer(connection);
		peer.send(utf8("one"));
		peer.send(utf8("two"));
		await().atMost(SOON).until(() -> connection.getStatistics().received() == 2);
		connection.close();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(connection.getStatistics().drops())
				.containsExactly(Map.entry(DropReason.CLOSED, 2L)));
	}

	@Test
	void publisherFollowsDemand() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		Collector collector = new Collector();
		connection.publisher().subscribe(collector);
		for (int i = 0; i < 4; i++) {
			peer.send(utf8(String.valueOf(i)));
		}
		await().atMost(SOON).until(() -> connection.getStatistics().received() == 4);
		assertThat(collector.taken).isEmpty();
		collector.subscription.request(3);
		await().atMost(SOON).untilAsserted(() -> assertThat(collector.taken).containsExactly("0", "1", "2"));
		assertThatIllegalStateException().isThrownBy(() -> connection.receive(Duration.ZERO));
		Collector second = new Collector();
		connection.publisher().subscribe(second);
		assertThat(second.error).isInstanceOf(IllegalStateException.class);
		collector.subscription.request(Long.MAX_VALUE);
		await().atMost(SOON).untilAsserted(() -> assertThat(collector.taken).containsExactly("0", "1", "2", "3"));
		connection.close();
		await().atMost(SOON).until(() -> collector.completed);
	}

	@Test
	void cancelledSubscriptionGivesTheMessagesBack() throws Exception {
		MessageConnection<M> connection = open();
		Collector collector = new Collector();
		connection.publisher().subscribe(collector);
		collector.subscription.cancel();
		peer(connection).send(utf8("mine"));
		assertThat(text(connection.receive(SOON))).isEqualTo("mine");
		Collector impolite = new Collector();
		connection.publisher().subscribe(impolite);
		impolite.subscription.request(0);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(impolite.error).isInstanceOf(IllegalArgumentException.class));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void subscriberThatThrowsLosesItsSubscriptionAndSaysSo(CapturedOutput output) throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		Collector subscriber = new Collector() {

			@Override
			public void onNext(M item) {
				throw new IllegalStateException("no longer");
			}

		};
		connection.publisher().subscribe(subscriber);
		subscriber.subscription.request(1);
		peer.send(utf8("one"));
		await().atMost(SOON).until(() -> connection.getStatistics().dropped(DropReason.CONSUMER) == 1);
		peer.send(utf8("two"));
		assertThat(text(connection.receive(SOON))).isEqualTo("two");
		assertThat(output).contains("no longer");
	}

	@Test
	void publisherRefusesNobody() throws Exception {
		MessageConnection<M> connection = open();
		assertThatNullPointerException().isThrownBy(() -> connection.publisher().subscribe(null));
		assertThat(connection.receive(Duration.ZERO)).isNull();
	}

	@Test
	void packetsPassThroughACodec() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		PacketClient<Integer> packets = connection.packets(new NumberCodec());
		peer.send(utf8("17"));
		peer.send(utf8("x"));
		peer.send(utf8("18"));
		assertThat(packets.receive(SOON)).isEqualTo(17);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> packets.receive(SOON));
		assertThat(connection.getStatistics().dropped(DropReason.CODEC)).isEqualTo(1);
		assertThat(packets.receiveAsync().get(10, TimeUnit.SECONDS)).isEqualTo(18);
		peer.send(utf8("1"));
		peer.send(utf8("2"));
		await().atMost(SOON).until(() -> connection.getStatistics().received() == 5);
		assertThat(packets.receiveAll(Duration.ZERO)).containsExactly(1, 2);
		assertThat(packets.receiveAll(NOT)).isEmpty();
	}

	@Test
	void aPacketRequestThatEndedTakesNothing() throws Exception {
		MessageConnection<M> connection = open();
		Peer peer = peer(connection);
		PacketClient<Integer> packets = connection.packets(new NumberCodec());
		assertThat(packets.receiveAsync().orTimeout(10, TimeUnit.MILLISECONDS)).failsWithin(SOON);
		assertThat(packets.receiveAsync().cancel(false)).isTrue();
		CompletableFuture<Integer> request = packets.receiveAsync();
		peer.send(utf8("17"));
		assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo(17);
	}

	@Test
	void leasesExcludeOneAnother() throws Exception {
		MessageConnection<M> connection = open();
		try (Lease lease = connection.acquire(SOON)) {
			assertThatExceptionOfType(ConnectionTimeoutException.class).isThrownBy(() -> connection.acquire(NOT));
			lease.close();
			connection.acquire(Duration.ZERO).close();
		}
		connection.acquire(Duration.ZERO).close();
	}

	@Test
	void leavesNoThreadsBehind() throws Exception {
		for (int i = 0; i < 20; i++) {
			MessageConnection<M> connection = connection(spec("leak-check").build());
			connection.open();
			peer(connection).send(utf8("hello"));
			assertThat(connection.receive(SOON)).isNotNull();
			connection.close();
		}
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.contains("leak-check")));
	}

	private class Collector implements Flow.Subscriber<M> {

		private final List<String> taken = new CopyOnWriteArrayList<>();

		private volatile Flow.Subscription subscription;

		private volatile Throwable error;

		private volatile boolean completed;

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
		}

		@Override
		public void onNext(M item) {
			this.taken.add(text(item));
		}

		@Override
		public void onError(Throwable throwable) {
			this.error = throwable;
		}

		@Override
		public void onComplete() {
			this.completed = true;
		}

	}

	private static final class NumberCodec implements Codec<Integer> {

		@Override
		public byte[] encode(Integer value) {
			return utf8(value.toString());
		}

		@Override
		public Integer decode(byte[] frame) {
			try {
				return Integer.valueOf(new String(frame, StandardCharsets.UTF_8));
			}
			catch (NumberFormatException ex) {
				throw new CodecException("not a number", ex);
			}
		}

	}

}
