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

package io.mooring.benchmarks.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;

import org.springframework.messaging.MessageHandler;

/**
 * Datagram channel with a blocking reader.
 */
final class JdkDatagrams implements Endpoint {

	private final DatagramChannel channel;

	private final Messages messages;

	JdkDatagrams(MessageHandler consumer) throws IOException {
		this.channel = DatagramChannel.open(StandardProtocolFamily.INET)
			.setOption(StandardSocketOptions.SO_RCVBUF, NativeSocket.RECEIVE_BUFFER)
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.messages = new Messages(consumer);
		BlockingThread.start("datagrams", this::read);
	}

	@Override
	public String address() {
		return String.valueOf(this.channel.socket().getLocalPort());
	}

	private void read() throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
		Map<String, Object> headers = Map.of();
		SocketAddress last = null;
		while (true) {
			SocketAddress sender = this.channel.receive(buffer.clear());
			if (!sender.equals(last)) {
				last = sender;
				headers = Messages.headers(sender);
			}
			byte[] payload = new byte[buffer.flip().remaining()];
			buffer.get(payload);
			this.messages.send(payload, headers);
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
