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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import com.sun.jna.Memory;
import org.springframework.messaging.MessageHandler;

import io.mooring.PeerCredentials;
import io.mooring.integration.MooringHeaders;

/**
 * Loop that receives up to 64 datagrams with one call.
 */
final class NativeReceiver implements Endpoint {

	private static final int BATCH = 64;

	private static final int SIZE = 2048;

	private static final int NAME = 16;

	private static final int CONTROL = 64;

	private static final int SCM_RIGHTS = 1;

	private final NativeSocket socket;

	private final String path;

	private final boolean control;

	private final Messages messages;

	private final Memory headerMemory = new Memory(BATCH * (long) NativeSocket.HEADER);

	private final Memory nameMemory = new Memory(BATCH * (long) NAME);

	private final Memory vectorMemory = new Memory(BATCH * 16L);

	private final Memory payloadMemory = new Memory(BATCH * (long) SIZE);

	private final Memory controlMemory = new Memory(BATCH * (long) CONTROL);

	private final ByteBuffer headers = NativeSocket.block(this.headerMemory);

	private final ByteBuffer names = NativeSocket.block(this.nameMemory);

	private final ByteBuffer payloads = NativeSocket.block(this.payloadMemory);

	private final ByteBuffer controls = NativeSocket.block(this.controlMemory);

	private final Thread reader;

	private volatile boolean closed;

	NativeReceiver(NativeSocket socket, String path, boolean control, MessageHandler consumer) {
		this.socket = socket;
		this.path = path;
		this.control = control;
		this.messages = new Messages(consumer);
		prepare();
		this.reader = BlockingThread.start("native", this::read);
	}

	private void prepare() {
		this.headerMemory.clear();
		this.nameMemory.clear();
		ByteBuffer vectors = NativeSocket.block(this.vectorMemory);
		for (int index = 0; index < BATCH; index++) {
			vectors.putLong(NativeSocket.addressOf(this.payloadMemory) + (long) index * SIZE).putLong(SIZE);
			int header = index * NativeSocket.HEADER;
			this.headers.putLong(header, NativeSocket.addressOf(this.nameMemory) + (long) index * NAME);
			this.headers.putLong(header + 16, NativeSocket.addressOf(this.vectorMemory) + index * 16L);
			this.headers.putLong(header + 24, 1);
			this.headers.putLong(header + 32,
					this.control ? NativeSocket.addressOf(this.controlMemory) + (long) index * CONTROL : 0);
			reset(header);
		}
	}

	private void reset(int header) {
		this.headers.putInt(header + 8, NAME);
		this.headers.putLong(header + 40, this.control ? CONTROL : 0);
	}

	private void read() throws UnknownHostException {
		long lastName = 0;
		Map<String, Object> peer = Map.of();
		while (!this.closed) {
			int received = this.socket.receive(NativeSocket.addressOf(this.headerMemory), BATCH, 100);
			for (int index = 0; index < received; index++) {
				int header = index * NativeSocket.HEADER;
				byte[] payload = new byte[this.headers.getInt(header + 56)];
				this.payloads.get(index * SIZE, payload);
				long name = this.names.getLong(index * NAME);
				if (this.path.isEmpty() && name != lastName) {
					lastName = name;
					peer = Messages.headers(sender(index * NAME));
				}
				if (this.control) {
					sendWithControl(payload, index * CONTROL);
				}
				else {
					this.messages.send(payload, peer);
				}
				reset(header);
			}
		}
	}

	private void sendWithControl(byte[] payload, int offset) {
		if (this.controls.getInt(offset + 12) == SCM_RIGHTS) {
			int descriptor = this.controls.getInt(offset + 16);
			this.messages.send(payload, Map.of(MooringHeaders.FILE_DESCRIPTORS, List.of(descriptor)));
			NativeSocket.close(descriptor);
		}
		else {
			PeerCredentials credentials = new PeerCredentials(this.controls.getInt(offset + 16),
					this.controls.getInt(offset + 20), this.controls.getInt(offset + 24));
			this.messages.send(payload, Map.of(MooringHeaders.CREDENTIALS, credentials));
		}
	}

	private InetSocketAddress sender(int offset) throws UnknownHostException {
		byte[] address = new byte[4];
		this.names.get(offset + 4, address);
		int port = (this.names.get(offset + 2) & 0xff) << 8 | this.names.get(offset + 3) & 0xff;
		return new InetSocketAddress(InetAddress.getByAddress(address), port);
	}

	@Override
	public String address() {
		return this.path.isEmpty() ? String.valueOf(this.socket.port()) : this.path;
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.reader.join();
		this.socket.close();
	}

}
