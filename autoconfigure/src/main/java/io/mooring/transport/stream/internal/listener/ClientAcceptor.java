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

package io.mooring.transport.stream.internal.listener;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.UnixPath;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.stream.internal.channel.Peers;
import io.mooring.transport.stream.internal.tls.TlsAcceptor;

/**
 * Decides what becomes of a channel that a listening socket accepted: who is there,
 * whether it is let in, and with TLS, whether the handshake succeeds. Nobody else hears
 * of those that do not get that far.
 */
final class ClientAcceptor {

	private final @Nullable UnixPath path;

	private final ClientFilter filter;

	private final @Nullable TlsAcceptor tls;

	private final BiConsumer<Channel, StreamPeer> admitted;

	private final BooleanSupplier listening;

	/**
	 * Create an acceptor.
	 * @param path where the listener is, {@code null} for one of IP
	 * @param filter decides about clients
	 * @param tls gives those that it took through the handshake to {@code admitted},
	 * {@code null} to do without
	 * @param admitted takes the channels that may be served, on their event loop
	 * @param listening whether the listener is open
	 */
	ClientAcceptor(@Nullable UnixPath path, ClientFilter filter, @Nullable TlsAcceptor tls,
			BiConsumer<Channel, StreamPeer> admitted, BooleanSupplier listening) {
		this.path = path;
		this.filter = filter;
		this.tls = tls;
		this.admitted = admitted;
		this.listening = listening;
	}

	/**
	 * A channel was accepted. Called by its event loop.
	 */
	void accept(Channel channel) {
		StreamPeer peer = Peers.accepted(channel, this.path);
		if (peer == null) {
			channel.close();
			return;
		}
		if (!this.filter.admit(peer)) {
			channel.close();
			return;
		}
		channel.closeFuture().addListener((future) -> this.filter.left());
		TlsAcceptor tls = this.tls;
		if (tls == null) {
			this.admitted.accept(channel, peer);
			return;
		}
		tls.accept(channel, peer);
		if (!this.listening.getAsBoolean()) {
			tls.close();
		}
	}

	/**
	 * Close those that are not let in yet, as the listener is closed.
	 */
	void close() {
		if (this.tls != null) {
			this.tls.close();
		}
	}

}
