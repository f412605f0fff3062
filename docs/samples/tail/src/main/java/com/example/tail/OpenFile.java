package com.example.tail;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.mooring.transport.Endpoint;

/**
 * File that is being followed.
 */
class OpenFile implements Endpoint {

	private final CountDownLatch closed = new CountDownLatch(1);

	private final FileChannel channel;

	private volatile long read;

	OpenFile(Path file, boolean end) throws IOException {
		this.channel = FileChannel.open(file);
		this.channel.position(end ? this.channel.size() : 0);
	}

	int read(ByteBuffer buffer) throws IOException {
		int count = this.channel.read(buffer);
		this.read += Math.max(count, 0);
		return count;
	}

	long read() {
		return this.read;
	}

	void await(Duration interval) throws InterruptedException {
		this.closed.await(interval.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		this.closed.countDown();
	}

	@Override
	public @Nullable SocketAddress getLocalAddress() {
		return null;
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() {
		return null;
	}

	@Override
	public @Nullable String getInterfaceName() {
		return null;
	}

	@Override
	public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
		throw new IOException("a file has no socket options");
	}

	@Override
	public <T> void setOption(SocketOption<T> option, T value) throws IOException {
		throw new IOException("a file has no socket options");
	}

}
