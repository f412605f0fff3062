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

package io.mooring.transport.stream.internal.channel;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import org.jspecify.annotations.Nullable;

import io.mooring.PeerCredentials;
import io.mooring.UnixPath;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Finds out who is on the other side of a channel.
 */
public final class Peers {

	private Peers() {
	}

	/**
	 * Return the peer of a channel that was accepted.
	 * @param channel the channel
	 * @param path where the listener is, {@code null} for one of IP
	 * @return the peer, {@code null} if it has gone before it could be asked who it was
	 */
	public static @Nullable StreamPeer accepted(Channel channel, @Nullable UnixPath path) {
		if (path != null) {
			// The channel knows the path that the listener was bound to before it was
			// moved
			return new StreamPeer(id(path), path, path(channel, channel.remoteAddress()), credentials(channel));
		}
		SocketAddress remote = channel.remoteAddress();
		return (remote != null) ? new StreamPeer(id(remote), channel.localAddress(), remote) : null;
	}

	/**
	 * Return the peer of a Unix socket that was connected.
	 * @param channel the channel
	 * @param path where it was connected to
	 * @return the peer
	 */
	public static StreamPeer connected(Channel channel, UnixPath path) {
		return new StreamPeer(id(path), path(channel, channel.localAddress()), path, credentials(channel));
	}

	private static String id(SocketAddress address) {
		return Addresses.toString(address) + ":" + UUID.randomUUID();
	}

	private static UnixPath path(Channel channel, @Nullable SocketAddress address) {
		if (channel instanceof AbstractNioChannel) {
			String name = (address instanceof UnixDomainSocketAddress unix) ? unix.getPath().toString() : "";
			return UnixPath.of(name.getBytes(StandardCharsets.UTF_8), false);
		}
		return EpollTypes.path(address);
	}

	private static @Nullable PeerCredentials credentials(Channel channel) {
		return (channel instanceof AbstractNioChannel) ? null : EpollTypes.credentials(channel);
	}

}
