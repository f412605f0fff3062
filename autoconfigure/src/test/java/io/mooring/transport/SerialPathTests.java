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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.Connection;
import io.mooring.ConnectionInterceptor;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what one connection does in order, and that listeners, interceptors and policies
 * delay their own connection only.
 */
@Timeout(60)
class SerialPathTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final CountDownLatch testOver = new CountDownLatch(1);

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicInteger asking = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	/**
	 * Its interfaces change with each look.
	 */
	private final TestTransports transports = new TestTransports(this::interfaces, this::nextDelay);

	@AfterEach
	void close() {
		this.testOver.countDown();
		this.transports.close();
	}

	private List<InterfaceSnapshot> interfaces() {
		boolean up = this.looks.incrementAndGet() % 2 == 0;
		return List.of(new InterfaceSnapshot("test0", 1, up, false, false, List.of()));
	}

	private Duration nextDelay(Connection connection, int attempts, Throwable cause) {
		int now = this.asking.incrementAndGet();
		this.most.accumulateAndGet(now, Math::max);
		if (connection.getName().equals("asks")) {
			LockSupport.parkNanos(20_000_000);
		}
		this.asking.decrementAndGet();
		return Duration.ofMillis(5);
	}

	private static SpecBuilder spec(String name) {
		return SpecBuilder.of(name, ConnectionType.UDP);
	}

	private ControlledConnection connection(String name) {
		return new ControlledConnection(spec(name).build(), this.transports.context());
	}

	private void onState(Connection connection, ConnectionState state, Runnable reaction) {
		this.transports.onEvent((event) -> {
			if (event.connection() == connection && event.current() == state) {
				reaction.run();
			}
		});
	}

	private void awaitEndOfTest() {
		try {
			this.testOver.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ConnectionInterceptor interceptor(Consumer<ConnectionStateChangedEvent> reaction) {
		return new ConnectionInterceptor() {

			@Override
			public void stateChanged(ConnectionStateChangedEvent event) {
				reaction.accept(event);
			}

		};
	}

	@Test
	void aLifeIsFinishedBeforeTheNextStateIsVisible() {
		ControlledConnection connection = connection("ordered");
		AtomicReference<ConnectionState> seen = new AtomicReference<>();
		connection.closed = () -> seen.set(connection.getState());
		connection.open();
		connection.close();
		assertThat(seen).hasValue(ConnectionState.DISCONNECTING);
	}

	@Test
	void closingTakesNothingOfTheLifeThatAListenerBegins() throws Exception {
		DatagramConnection connection = this.transports.create(SpecBuilder.of("ground", ConnectionType.UDP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), 0)
			.build(), DatagramConnection.class);
		connection.open();
		CompletableFuture<CompletableFuture<Datagram>> received = new CompletableFuture<>();
		onState(connection, ConnectionState.DISCONNECTED, () -> {
			Thread next = new Thread(() -> {
				connection.open();
				received.complete(connection.receiveAsync());
			});
			next.start();
			try {
				next.join(1000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		connection.close();
		CompletableFuture<Datagram> request = received.get(10, TimeUnit.SECONDS);
		connection.send(new byte[] { 7 }, connection.getLocalAddress());
		assertThat(request.get(10, TimeUnit.SECONDS).payload()).containsExactly(7);
	}

	@Test
	void anInterceptorThatBlocksStopsNoOtherConnection() {
		this.transports.beans().put("blocking", interceptor((event) -> awaitEndOfTest()));
		ControlledConnection blocked = new ControlledConnection(
				spec("blocked").interceptors(List.of("blocking")).build(), this.transports.context());
		blocked.startOpen();
		await().atMost(SOON).until(() -> blocked.getState() != ConnectionState.DISCONNECTED);
		new Thread(blocked::lose).start();
		ControlledConnection other = connection("other");
		other.open();
		for (int i = 2; i < 5; i++) {
			int opens = i;
			// The interfaces change meanwhile
			int looks = this.looks.get();
			await().atMost(SOON).until(() -> this.looks.get() > looks + 2);
			other.lose();
			await().atMost(SOON).until(() -> other.getStatistics().opens() == opens);
			blocked.tryOpen();
		}
		other.close();
		assertThat(other.getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	@Timeout(20)
	void listenersAndInterceptorsMayOpenAndClose() throws Exception {
		this.transports.beans().put("busy", interceptor((event) -> {
			if (event.current() == ConnectionState.CONNECTING) {
				event.connection().open();
			}
		}));
		ControlledConnection connection = new ControlledConnection(spec("busy").interceptors(List.of("busy")).build(),
				this.transports.context());
		onState(connection, ConnectionState.CONNECTED, connection::close);
		connection.open();
		assertThat(connection.awaitState(ConnectionState.DISCONNECTED, Duration.ofSeconds(5))).isTrue();
		assertThat(connection.openSockets).hasValue(0);
	}

	@Test
	void connectionsWhoseListenersCloseEachOtherBothEnd() throws Exception {
		ControlledConnection one = connection("one");
		ControlledConnection other = connection("other");
		CountDownLatch bothOpen = new CountDownLatch(2);
		this.transports.onEvent((event) -> {
			if (event.current() == ConnectionState.CONNECTED) {
				bothOpen.countDown();
				try {
					bothOpen.await(5, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				((event.connection() == one) ? other : one).close();
			}
		});
		one.startOpen();
		other.startOpen();
		assertThat(bothOpen.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(one.awaitState(ConnectionState.DISCONNECTED, Duration.ofSeconds(8))).isTrue();
		assertThat(other.awaitState(ConnectionState.DISCONNECTED, Duration.ofSeconds(8))).isTrue();
	}

	@Test
	void aSocketIsClosedWhateverGoesWrongBefore() throws Exception {
		ControlledConnection connection = connection("throwing");
		connection.closing = (requested) -> {
			throw new IllegalStateException("thrown by the test");
		};
		connection.open();
		connection.lose();
		await().atMost(SOON).until(() -> connection.getStatistics().opens() == 2);
		assertThat(connection.openSockets).hasValue(1);
		assertThat(connection.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		connection.close();
		assertThat(connection.openSockets).hasValue(0);
		assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	void aPolicyIsAskedOneAtATimeForOneConnection() {
		ControlledConnection connection = connection("asks");
		connection.opener = () -> {
			throw new IOException("refused by the test");
		};
		connection.startOpen();
		int looks = this.looks.get();
		await().atMost(Duration.ofSeconds(20)).until(() -> this.looks.get() > looks + 40);
		assertThat(connection.getStatistics().failures()).isGreaterThan(5);
		assertThat(this.most).hasValue(1);
		connection.close();
	}

}
