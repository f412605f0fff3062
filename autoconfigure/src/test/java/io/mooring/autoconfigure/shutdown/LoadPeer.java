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

package io.mooring.autoconfigure.shutdown;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Peer that sends numbered frames continuously, and records received frames.
 */
final class LoadPeer implements AutoCloseable {

	private final SocketChannel channel;

	private final String name;

	private final boolean lines;

	private final long pauseNanos;

	private final List<String> received = Collections.synchronizedList(new ArrayList<>());

	private final FutureTask<String> reading = new FutureTask<>(this::read);

	private long said;

	/**
	 * Start sending and receiving.
	 * @param channel the open stream
	 * @param name the prefix of each number
	 * @param lines whether frames are lines rather than length-prefixed
	 * @param pauseNanos the pause after each received frame
	 */
	LoadPeer(SocketChannel channel, String name, boolean lines, long pauseNanos) {
		this.channel = channel;
		this.name = name;
		this.lines = lines;
		this.pauseNanos = pauseNanos;
		start(this::write, "says");
		start(this.reading, "hears");
	}

	private void start(Runnable task, String does) {
		Thread thread = new Thread(task, this.name + " " + does);
		thread.setDaemon(true);
		thread.start();
	}

	private void write() {
		try {
			while (true) {
				ByteBuffer frame = ByteBuffer.wrap(frame(this.name + " " + this.said));
				while (frame.hasRemaining()) {
					this.channel.write(frame);
				}
				this.said++;
			}
		}
		catch (IOException ex) {
			// The application has ended
		}
	}

	private byte[] frame(String text) {
		byte[] bytes = (this.lines ? text + "\n" : text).getBytes(StandardCharsets.UTF_8);
		return this.lines ? bytes : ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
	}

	/**
	 * Read until the end.
	 * @return how the stream ended
	 */
	private String read() {
		try (DataInputStream input = new DataInputStream(
				new BufferedInputStream(Channels.newInputStream(this.channel), 4096))) {
			while (true) {
				this.received.add(this.lines ? line(input) : sized(input));
				if (this.pauseNanos > 0) {
					LockSupport.parkNanos(this.pauseNanos);
				}
			}
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static String line(InputStream input) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next;
		while ((next = input.read()) != '\n') {
			if (next < 0) {
				throw new EOFException((line.size() > 0) ? "within a frame" : null);
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	private static String sized(DataInputStream input) throws IOException {
		return new String(input.readNBytes(input.readInt()), StandardCharsets.UTF_8);
	}

	/**
	 * Wait until the application has closed the stream.
	 * @return the frames received before
	 */
	List<String> awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
		this.reading.get(60, TimeUnit.SECONDS);
		return this.received;
	}

	List<String> received() {
		return this.received;
	}

	String name() {
		return this.name;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
