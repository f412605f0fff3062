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

package io.mooring.transport.unix.internal.jna;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.jspecify.annotations.Nullable;

import io.mooring.Ancillary;
import io.mooring.UnixPath;
import io.mooring.transport.Endpoint;
import io.mooring.transport.internal.binding.SocketFile;

/**
 * Open Unix datagram socket. System calls hold a shared lock, and closing the exclusive
 * one, so that no call uses a reused descriptor; only poll(2) blocks, which the pipe
 * wakes.
 */
public final class NativeSocket implements Endpoint {

	private static final int MAX_WAIT_MILLIS = 100;

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final int fd;

	private final UnixPath local;

	private final @Nullable UnixPath remote;

	private final @Nullable SocketFile file;

	private final Runnable closeListener;

	private final WakePipe wake;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final Lock use = this.lock.readLock();

	private final Queue<SendBuffer> buffers = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean closing = new AtomicBoolean();

	private volatile boolean closed;

	/**
	 * Create a socket.
	 * @param fd the descriptor, owned by this object
	 * @param local the local address
	 * @param remote the remote address
	 * @param file the file to remove when the socket is closed
	 * @param closeListener the callback for the closing of the descriptor
	 */
	public NativeSocket(int fd, UnixPath local, @Nullable UnixPath remote, @Nullable SocketFile file,
			Runnable closeListener) throws IOException {
		this.fd = fd;
		this.local = local;
		this.remote = remote;
		this.file = file;
		this.closeListener = closeListener;
		this.wake = new WakePipe();
	}

	public boolean isOpen() {
		return !this.closed;
	}

	/**
	 * Wait until the socket is readable or closed.
	 * @param poll the poll set
	 * @throws IOException if the operating system reports an error
	 */
	public void awaitReadable(PollSet poll) throws IOException {
		this.use.lock();
		try {
			if (!this.closed) {
				poll.await(this.fd, Os.POLLIN, this.wake.readEnd(), -1);
			}
		}
		finally {
			this.use.unlock();
		}
	}

	/**
	 * Receive available datagrams.
	 * @param batch the batch to fill
	 * @return the number of datagrams, 0 if there are none or the socket is closed
	 * @throws NativeException if the system call fails
	 */
	public int receive(ReceiveBatch batch) throws NativeException {
		this.use.lock();
		try {
			return this.closed ? 0 : batch.receive(this.fd);
		}
		finally {
			this.use.unlock();
		}
	}

	/**
	 * Send a datagram.
	 * @param payload the payload
	 * @param to the recipient, {@code null} for the remote
	 * @param ancillary the descriptors and credentials
	 * @param timeoutNanos the maximum time to wait while the recipient's queue is full
	 * @throws SocketTimeoutException if it is still full after the timeout
	 * @throws IOException if the operating system reports an error, or the socket is
	 * closed
	 */
	public void send(byte[] payload, @Nullable UnixPath to, Ancillary ancillary, long timeoutNanos) throws IOException {
		SendBuffer pooled = this.buffers.poll();
		SendBuffer buffer = (pooled != null) ? pooled : new SendBuffer();
		try {
			buffer.write(payload, to, ancillary);
			long deadline = System.nanoTime() + timeoutNanos;
			while (!trySend(buffer)) {
				long left = deadline - System.nanoTime();
				if (left <= 0) {
					throw new SocketTimeoutException("the recipient's queue stayed full");
				}
				if (Thread.currentThread().isInterrupted()) {
					throw new InterruptedIOException("the thread was interrupted while the recipient's queue was full");
				}
				awaitWritable(buffer.poll(), to == null, left);
			}
		}
		finally {
			buffer.shrink();
			this.buffers.add(buffer);
		}
	}

	private boolean trySend(SendBuffer buffer) throws IOException {
		this.use.lock();
		try {
			while (true) {
				if (this.closed) {
					throw new ClosedChannelException();
				}
				if (LibC.sendmsg(this.fd, buffer.address(), Os.MSG_DONTWAIT | Os.MSG_NOSIGNAL) >= 0) {
					return true;
				}
				int errno = LibC.errno();
				if (errno == Os.EAGAIN || errno == Os.ENOBUFS) {
					return false;
				}
				if (errno != Os.EINTR) {
					throw new NativeException("", errno);
				}
			}
		}
		finally {
			this.use.unlock();
		}
	}

	/**
	 * The kernel signals when the remote has room, but not for another recipient.
	 */
	private void awaitWritable(PollSet poll, boolean remote, long nanos) throws IOException {
		if (!remote) {
			LockSupport.parkNanos(Math.min(nanos, RETRY_NANOS));
			return;
		}
		this.use.lock();
		try {
			if (!this.closed) {
				int millis = (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, MAX_WAIT_MILLIS);
				poll.await(this.fd, Os.POLLOUT, this.wake.readEnd(), millis);
			}
		}
		finally {
			this.use.unlock();
		}
	}

	@Override
	public UnixPath getLocalAddress() {
		return this.local;
	}

	@Override
	public @Nullable UnixPath getRemoteAddress() {
		return this.remote;
	}

	@Override
	public @Nullable String getInterfaceName() {
		return null;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
		int number = number(option);
		return (T) use(() -> NativeOptions.get(this.fd, number));
	}

	@Override
	public <T> void setOption(SocketOption<T> option, T value) throws IOException {
		int number = number(option);
		use(() -> {
			NativeOptions.set(this.fd, number, (Integer) value);
			return value;
		});
	}

	private static int number(SocketOption<?> option) {
		if (option == StandardSocketOptions.SO_SNDBUF) {
			return Os.SO_SNDBUF;
		}
		if (option == StandardSocketOptions.SO_RCVBUF) {
			return Os.SO_RCVBUF;
		}
		throw new UnsupportedOperationException(
				"A Unix datagram socket has SO_SNDBUF and SO_RCVBUF, not " + option.name());
	}

	private Object use(Action action) throws IOException {
		this.use.lock();
		try {
			if (this.closed) {
				throw new ClosedChannelException();
			}
			return action.run();
		}
		finally {
			this.use.unlock();
		}
	}

	@Override
	public void checkPlace() throws IOException {
		if (this.file != null && !this.closed) {
			this.file.check();
		}
	}

	@Override
	public void close() throws IOException {
		if (this.closing.getAndSet(true)) {
			// The descriptor may already be reused
			return;
		}
		this.closed = true;
		this.wake.wake();
		this.lock.writeLock().lock();
		try {
			if (this.file != null) {
				this.file.remove();
			}
		}
		finally {
			LibC.close(this.fd);
			this.wake.close();
			this.lock.writeLock().unlock();
			this.closeListener.run();
		}
	}

	/**
	 * Operation on an open descriptor.
	 */
	private interface Action {

		Object run() throws IOException;

	}

}
