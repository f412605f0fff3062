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

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;

/**
 * What is of Netty's native transport for Linux, which need not be on the class path.
 */
final class EpollTypes {

	// The number that the kernel has for TCP_ESTABLISHED
	private static final int ESTABLISHED = 1;

	private EpollTypes() {
	}

	static boolean isAvailable() {
		return Epoll.isAvailable();
	}

	static IoHandlerFactory handlers() {
		return EpollIoHandler.newFactory();
	}

	static Class<? extends SocketChannel> socket() {
		return EpollSocketChannel.class;
	}

	static Class<? extends ServerChannel> server() {
		return EpollServerSocketChannel.class;
	}

	/**
	 * Return whether neither side has closed a channel, as the kernel knows it (TCP_INFO
	 * of tcp(7)).
	 */
	static boolean isEstablished(Channel channel) {
		return ((EpollSocketChannel) channel).tcpInfo().state() == ESTABLISHED;
	}

}
