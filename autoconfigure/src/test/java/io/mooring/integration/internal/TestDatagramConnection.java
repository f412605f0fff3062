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

package io.mooring.integration.internal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatistics;
import io.mooring.ConnectionStatus;
import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.Lease;
import io.mooring.PacketClient;
import io.mooring.codec.Codec;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.Remote;

/**
 * Minimal datagram connection over a real socket on loopback, initially open.
 */
public class TestDatagramConnection implements DatagramConnection, MessageSource<Datagram> {

	private final ConnectionSpec spec;

	private final DatagramSocket socket;

	private final BlockingDeque<Datagram> queue = new LinkedBlockingDeque<>();

	private final ReentrantLock delivery = new ReentrantLock();

	private final AtomicLong failures = new AtomicLong();

	private volatile Consumer<? super Datagram> consumer;

	private volatile String owner;

	public TestDatagramConnection(ConnectionSpec spec) {
		this.spec = spec;
		try {
			this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		}
		catch (IOException ex) {
			throw new ConnectionException(spec.name(), "cannot be opened", ex);
		}
		Thread reader = new Thread(this::read, spec.name());
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		byte[] buffer = new byte[65507];
		try {
			while (true) {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				this.socket.receive(packet);
				this.queue
					.add(new Datagram(Arrays.copyOf(buffer, packet.getLength()), packet.getSocketAddress(), false));
				deliver();
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void deliver() {
		this.delivery.lock();
		try {
			Consumer<? super Datagram> current = this.consumer;
			while (current != null && !this.queue.isEmpty()) {
				Datagram datagram = this.queue.remove();
				try {
					current.accept(datagram);
				}
				catch (MessageSource.Refusal ex) {
					this.queue.addFirst(datagram);
					return;
				}
				catch (Throwable ex) {
					this.failures.incrementAndGet();
				}
				current = this.consumer;
			}
		}
		finally {
			this.delivery.unlock();
		}
	}

	@Override
	public Attachment attach(String owner, Consumer<? super Datagram> consumer) {
		if (this.consumer != null) {
			throw new IllegalStateException(
					"Connection '" + this.spec.name() + "' is already consumed by " + this.owner);
		}
		this.owner = owner;
		this.consumer = consumer;
		CompletableFuture.runAsync(this::deliver);
		return () -> {
			this.consumer = null;
			// Held while a message is delivered, and reentrant
			this.delivery.lock();
			this.delivery.unlock();
		};
	}

	public int pending() {
		return this.queue.size();
	}

	public boolean isAttached() {
		return this.consumer != null;
	}

	@Override
	public Datagram receive(Duration timeout) {
		if (this.consumer != null) {
			throw new IllegalStateException(
					"Connection '" + this.spec.name() + "' is already consumed by " + this.owner);
		}
		try {
			return this.queue.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new ConnectionException(this.spec.name(), "was interrupted", ex);
		}
	}

	@Override
	public void send(byte[] payload) {
		Remote remote = AddressSettings.remote(this.spec);
		if (remote == null) {
			throw new ConnectionException(this.spec.name(), "has no default recipient");
		}
		send(payload, new InetSocketAddress(remote.host(), remote.port()));
	}

	@Override
	public void send(byte[] payload, SocketAddress to) {
		try {
			this.socket.send(new DatagramPacket(payload, payload.length, to));
		}
		catch (IOException ex) {
			throw new ConnectionException(this.spec.name(), "cannot send", ex);
		}
	}

	@Override
	public String getName() {
		return this.spec.name();
	}

	@Override
	public ConnectionType getType() {
		return this.spec.type();
	}

	@Override
	public ConnectionSpec getSpec() {
		return this.spec;
	}

	@Override
	public ConnectionState getState() {
		return ConnectionState.CONNECTED;
	}

	@Override
	public ConnectionStatus getStatus() {
		return new ConnectionStatus(getState(), Instant.EPOCH, true, 0, null, null);
	}

	@Override
	public void open() {
	}

	@Override
	public void close() {
		this.socket.close();
	}

	@Override
	public boolean awaitState(ConnectionState state, Duration timeout) {
		return state == getState();
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		return (InetSocketAddress) this.socket.getLocalSocketAddress();
	}

	@Override
	public SocketAddress getRemoteAddress() {
		return null;
	}

	@Override
	public boolean canSend() {
		return true;
	}

	@Override
	public boolean canReceive() {
		return true;
	}

	@Override
	public ConnectionStatistics getStatistics() {
		long count = this.failures.get();
		return new ConnectionStatistics(0, 0, 0, 0, 0, 0, (count > 0) ? Map.of(DropReason.CONSUMER, count) : Map.of(),
				1, 0, null, null);
	}

	@Override
	public void pauseSending() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void resumeSending() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void pauseReceiving() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void resumeReceiving() {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> T getOption(SocketOption<T> option) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> void setOption(SocketOption<T> option, T value) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Datagram> receiveAsync() {
		throw new UnsupportedOperationException();
	}

	@Override
	public Flow.Publisher<Datagram> publisher() {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> PacketClient<T> packets(Codec<T> codec) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Lease acquire(Duration timeout) {
		throw new UnsupportedOperationException();
	}

}
