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
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.Map;

import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Kind;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * Blocking channels of the JDK, one thread each.
 */
public final class JdkEngine implements Engine {

	@Override
	public Endpoint receive(Workload workload, MessageHandler consumer) throws Exception {
		return (workload.protocol() == Protocol.UDP) ? new JdkDatagrams(consumer)
				: new JdkListener(listen(workload), workload, consumer);
	}

	@Override
	public Endpoint answer(Workload workload) throws Exception {
		return new JdkListener(listen(workload), workload, null);
	}

	@Override
	public Endpoint connect(Workload workload, String target) throws Exception {
		SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(target));
		if (workload.protocol() == Protocol.UDP) {
			return datagrams(address);
		}
		SocketChannel channel = SocketChannel.open(address);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		return (workload.kind() == Kind.REQUEST) ? new JdkRequests(channel, workload)
				: new JdkWriter(channel, workload);
	}

	private static ServerSocketChannel listen(Workload workload) throws IOException {
		if (workload.protocol() == Protocol.UNIX) {
			return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
				.bind(UnixDomainSocketAddress.of(Files.createTempDirectory("bench").resolve("socket")));
		}
		return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
	}

	private static Endpoint datagrams(SocketAddress target) throws IOException {
		DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET).connect(target);
		Messages messages = new Messages((message) -> {
			try {
				channel.write(ByteBuffer.wrap((byte[]) message.getPayload()));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		return new Endpoint() {

			@Override
			public void send(byte[] payload) {
				messages.send(payload, Map.of());
			}

			@Override
			public void close() throws IOException {
				channel.close();
			}

		};
	}

}
