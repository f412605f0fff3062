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

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;

/**
 * Round trip to an echo server, which succeeds if the reply is received immediately.
 */
final class RoundTrip implements BooleanSupplier {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Duration PATIENCE = Duration.ofMillis(50);

	private final Consumer<byte[]> sender;

	private final Function<Duration, byte[]> receiver;

	private final Connection connection;

	private volatile @Nullable Exception failure;

	private RoundTrip(Connection connection, Consumer<byte[]> sender, Function<Duration, byte @Nullable []> receiver) {
		this.connection = connection;
		this.sender = sender;
		this.receiver = receiver;
	}

	static RoundTrip of(DatagramConnection connection) {
		return new RoundTrip(connection, connection::send, (timeout) -> payload(connection.receive(timeout)));
	}

	static RoundTrip of(DatagramConnection connection, SocketAddress to) {
		return new RoundTrip(connection, (payload) -> connection.send(payload, to),
				(timeout) -> payload(connection.receive(timeout)));
	}

	static RoundTrip of(UnixDatagramConnection connection) {
		return new RoundTrip(connection, connection::send, (timeout) -> {
			UnixDatagram datagram = connection.receive(timeout);
			return (datagram != null) ? datagram.payload() : null;
		});
	}

	static RoundTrip of(StreamConnection connection) {
		return new RoundTrip(connection, connection::send, connection::receive);
	}

	/**
	 * Return a round trip to the client that a listener has accepted last.
	 */
	static BooleanSupplier of(StreamListener listener) {
		StreamConnection[] last = new StreamConnection[1];
		return () -> {
			try {
				StreamConnection accepted = listener.accept(PATIENCE);
				last[0] = (accepted != null) ? accepted : last[0];
			}
			catch (ConnectionException ex) {
				return false;
			}
			return last[0] != null && of(last[0]).getAsBoolean();
		};
	}

	/**
	 * Wait for a round trip.
	 * @param trip the round trip
	 * @return the same
	 */
	static <T extends BooleanSupplier> T awaitWorking(T trip) {
		Awaitility.await(trip.toString()).atMost(SOON).until(trip::getAsBoolean);
		return trip;
	}

	/**
	 * Attempt to open the connection once.
	 */
	void open() {
		try {
			this.connection.open();
		}
		catch (ConnectionException ex) {
			this.failure = ex;
		}
	}

	private static byte @Nullable [] payload(@Nullable Datagram datagram) {
		return (datagram != null) ? datagram.payload() : null;
	}

	@Override
	public boolean getAsBoolean() {
		String text = "message " + COUNTER.incrementAndGet();
		try {
			this.sender.accept(text.getBytes(StandardCharsets.UTF_8));
			while (true) {
				byte[] received = this.receiver.apply(PATIENCE);
				if (received == null) {
					return false;
				}
				if (new String(received, StandardCharsets.UTF_8).endsWith(text)) {
					return true;
				}
			}
		}
		catch (ConnectionException ex) {
			this.failure = ex;
			return false;
		}
	}

	@Override
	public String toString() {
		return this.connection.getStatus() + ", " + this.connection.getStatistics() + ", " + this.failure;
	}

}
