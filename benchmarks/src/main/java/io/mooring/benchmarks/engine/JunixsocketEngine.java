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

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Workload;
import io.mooring.integration.MooringHeaders;

/**
 * Unix datagrams by junixsocket, which does not support credentials of datagram senders.
 */
public final class JunixsocketEngine implements Engine {

	@Override
	public Endpoint receive(Workload workload, MessageHandler consumer) throws Exception {
		Path path = Files.createTempDirectory("bench").resolve("socket");
		AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open();
		channel.bind(AFUNIXSocketAddress.of(path));
		Messages messages = new Messages(consumer);
		if ("descriptor".equals(workload.variant())) {
			channel.setAncillaryReceiveBufferSize(1024);
			BlockingThread.start("junixsocket", () -> readWithDescriptors(channel, messages));
		}
		else {
			BlockingThread.start("junixsocket", () -> read(channel, messages));
		}
		return new Endpoint() {

			@Override
			public String address() {
				return path.toString();
			}

			@Override
			public void close() throws IOException {
				channel.close();
			}

		};
	}

	private static void read(AFUNIXDatagramChannel channel, Messages messages) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
		while (true) {
			messages.send(receive(channel, buffer), Map.of());
		}
	}

	private static void readWithDescriptors(AFUNIXDatagramChannel channel, Messages messages) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
		while (true) {
			byte[] payload = receive(channel, buffer);
			FileDescriptor[] descriptors = channel.getReceivedFileDescriptors();
			messages.send(payload, Map.of(MooringHeaders.FILE_DESCRIPTORS, List.of(descriptors)));
			for (FileDescriptor descriptor : descriptors) {
				new FileInputStream(descriptor).close();
			}
		}
	}

	private static byte[] receive(AFUNIXDatagramChannel channel, ByteBuffer buffer) throws IOException {
		channel.receive(buffer.clear());
		byte[] payload = new byte[buffer.flip().remaining()];
		buffer.get(payload);
		return payload;
	}

}
