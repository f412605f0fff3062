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

package io.mooring.transport.stream.internal.tls;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import org.apache.commons.logging.Log;

import io.mooring.DropReason;
import io.mooring.transport.Counters;
import io.mooring.transport.internal.log.RateLimitedLog;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Takes the clients of a listener through the handshake, before anybody hears of them.
 */
public final class TlsAcceptor {

	private final Tls tls;

	private final Counters counters;

	private final Log logger;

	private final RateLimitedLog failures;

	private final BiConsumer<Channel, StreamPeer> accepted;

	private final Set<Channel> shaking = ConcurrentHashMap.newKeySet();

	/**
	 * Create an acceptor.
	 * @param tls does the handshake
	 * @param counters counts what fails
	 * @param logger names the peers that leave before they begin
	 * @param failures names those that fail
	 * @param accepted takes the channels that do not, with the subject of their
	 * certificate in the peer, on their event loop
	 */
	public TlsAcceptor(Tls tls, Counters counters, Log logger, RateLimitedLog failures,
			BiConsumer<Channel, StreamPeer> accepted) {
		this.tls = tls;
		this.counters = counters;
		this.logger = logger;
		this.failures = failures;
		this.accepted = accepted;
	}

	/**
	 * Begin with a client. Must be called by its event loop.
	 */
	public void accept(Channel channel, StreamPeer peer) {
		this.shaking.add(channel);
		this.tls.start(channel, new Tls.Handshake() {

			@Override
			public void done(SSLSession session) {
				if (TlsAcceptor.this.shaking.remove(channel)) {
					TlsAcceptor.this.accepted.accept(channel, peer.withSession(session));
				}
			}

			@Override
			public void failed(Throwable cause, boolean begun) {
				if (TlsAcceptor.this.shaking.remove(channel)) {
					TlsAcceptor.this.failed(peer, cause, begun);
				}
			}

		});
	}

	private void failed(StreamPeer peer, Throwable cause, boolean begun) {
		if (!begun && cause instanceof IOException && !(cause instanceof SSLException)) {
			// Somebody looked whether the port is open
			this.logger.debug(peer + " left without a word");
			return;
		}
		this.counters.dropped(DropReason.HANDSHAKE, 1);
		this.failures.warn(() -> "Closing " + peer + ": " + TlsFailures.describe(cause));
	}

	/**
	 * Close those that are at it, which is no failure of theirs.
	 */
	public void close() {
		for (Channel channel : this.shaking) {
			this.shaking.remove(channel);
			channel.close();
		}
	}

}
