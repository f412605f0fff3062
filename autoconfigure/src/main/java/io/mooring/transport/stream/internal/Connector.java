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

package io.mooring.transport.stream.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.binding.BindingResolver;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.ConnectSettings;
import io.mooring.transport.settings.Remote;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.stream.internal.Candidates.Candidate;
import io.mooring.transport.stream.internal.channel.ChannelOptions;
import io.mooring.transport.stream.internal.channel.Failures;
import io.mooring.transport.stream.internal.channel.TcpOptions;
import io.mooring.transport.stream.internal.connection.StreamSocket;
import io.mooring.transport.stream.internal.tls.Tls;

/**
 * Makes one attempt to connect, over all addresses of the remote: the families by turns,
 * the next address when one fails or has not answered for a while, and the first that
 * does answer wins (RFC 8305, section 5).
 */
final class Connector {

	private static final long STAGGER_NANOS = 250_000_000;

	private final StreamClient client;

	private final ConnectionSpec spec;

	private final BindingResolver bindings;

	private final @Nullable Tls tls;

	private final Map<ChannelFuture, Candidate> attempts = new LinkedHashMap<>();

	private final Map<Candidate, Throwable> failures = new LinkedHashMap<>();

	private final BlockingQueue<ChannelFuture> answers = new LinkedBlockingQueue<>();

	Connector(StreamClient client, BindingResolver bindings, @Nullable Tls tls) {
		this.client = client;
		this.spec = client.getSpec();
		this.bindings = bindings;
		this.tls = tls;
	}

	/**
	 * Connect.
	 * @return the open stream
	 * @throws IOException if no address answered, saying why for each
	 * @throws InterruptedException if the thread was interrupted
	 */
	StreamSocket connect() throws IOException, InterruptedException {
		Remote remote = Objects.requireNonNull(AddressSettings.remote(this.spec));
		List<Candidate> candidates = new Candidates(this.bindings, this.spec).find(remote);
		ChannelFuture winner = null;
		try {
			winner = race(candidates.iterator());
		}
		finally {
			for (ChannelFuture attempt : this.attempts.keySet()) {
				// One that could not be made, for want of a descriptor, refuses to close
				if (attempt != winner && attempt.channel().isOpen()) {
					attempt.channel().close();
				}
			}
		}
		if (winner == null) {
			throw failure(remote);
		}
		return open(remote, winner.channel(), Objects.requireNonNull(this.attempts.get(winner)));
	}

	private @Nullable ChannelFuture race(Iterator<Candidate> candidates) throws InterruptedException {
		long deadline = System.nanoTime() + this.spec.get(ConnectSettings.class).connectTimeout().toNanos();
		long next = System.nanoTime();
		int running = 0;
		while (running > 0 || candidates.hasNext()) {
			long now = System.nanoTime();
			if (now >= deadline) {
				return null;
			}
			// Two sockets cannot have one local port
			if (candidates.hasNext() && (running == 0 || (now >= next && AddressSettings.localPort(this.spec) == 0))) {
				start(candidates.next());
				running++;
				next = now + STAGGER_NANOS;
			}
			long wait = (candidates.hasNext() && AddressSettings.localPort(this.spec) == 0)
					? Math.min(next, deadline) - now : deadline - now;
			ChannelFuture answer = this.answers.poll(wait, TimeUnit.NANOSECONDS);
			if (answer != null) {
				running--;
				if (isConnected(answer)) {
					return answer;
				}
				next = System.nanoTime();
			}
		}
		return null;
	}

	private void start(Candidate candidate) {
		SocketSettings options = this.spec.get(SocketSettings.class);
		Bootstrap bootstrap = this.client.loops().client().handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
			}

		}).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
		ChannelOptions.apply(options, bootstrap::option);
		ChannelOptions.applyBuffers(options, bootstrap::option);
		TcpOptions.apply(this.spec, this.client.loops(), bootstrap::option);
		if (AddressSettings.localPort(this.spec) != 0 && options.reuseAddress() == null) {
			// An earlier connection may linger on the port
			bootstrap.option(ChannelOption.SO_REUSEADDR, true);
		}
		InetSocketAddress local = candidate.local();
		ChannelFuture attempt = (local != null) ? bootstrap.connect(candidate.remote(), local)
				: bootstrap.connect(candidate.remote());
		this.attempts.put(attempt, candidate);
		attempt.addListener((future) -> this.answers.add(attempt));
		this.failures.put(candidate, new SocketTimeoutException("no answer within "
				+ this.spec.get(ConnectSettings.class).connectTimeout().toMillis() + "ms (connect-timeout)"));
	}

	private boolean isConnected(ChannelFuture answer) {
		Throwable failure = answer.cause();
		Channel channel = answer.channel();
		if (failure == null && Objects.equals(channel.localAddress(), channel.remoteAddress())) {
			// TCP lets a socket connect to itself where nobody listens on a port that the
			// system may choose
			channel.close();
			failure = new ConnectException("Connection refused");
		}
		if (failure != null) {
			Candidate candidate = Objects.requireNonNull(this.attempts.get(answer));
			this.failures.put(candidate, Failures.toConnect(failure, candidate.remote()));
		}
		return failure == null;
	}

	private StreamSocket open(Remote remote, Channel channel, Candidate candidate)
			throws IOException, InterruptedException {
		StreamPeer peer = new StreamPeer(Addresses.toString(channel.remoteAddress()) + ":" + UUID.randomUUID(),
				channel.localAddress(), channel.remoteAddress());
		if (this.tls == null) {
			return this.client.socket(channel, peer, candidate.interfaceName());
		}
		return this.tls.connect(channel, remote,
				(session) -> this.client.socket(channel, peer.withSession(session), candidate.interfaceName()));
	}

	private IOException failure(Remote remote) {
		Throwable last = null;
		for (Throwable failure : this.failures.values()) {
			last = failure;
		}
		String reasons = (this.failures.size() == 1) ? Failures.describe(Objects.requireNonNull(last)) : this.failures
			.entrySet()
			.stream()
			.map((entry) -> Addresses.toString(entry.getKey().remote()) + " " + Failures.describe(entry.getValue()))
			.collect(Collectors.joining(", "));
		return new IOException("cannot connect to " + remote + ": " + reasons, last);
	}

}
