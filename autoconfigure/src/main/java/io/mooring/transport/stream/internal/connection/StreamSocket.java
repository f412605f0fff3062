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

package io.mooring.transport.stream.internal.connection;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.AbstractNioChannel;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.stream.internal.channel.AbstractChannelEndpoint;
import io.mooring.transport.stream.internal.channel.EpollTypes;

/**
 * One open stream.
 */
public final class StreamSocket extends AbstractChannelEndpoint {

	/**
	 * How long a peer may read nothing before nobody waits for it any more.
	 */
	private static final long STANDSTILL_NANOS = 2_000_000_000;

	private final StreamPeer peer;

	private final FrameWriter writer;

	private final LingeringClose lingeringClose;

	private volatile @Nullable StreamHeartbeat heartbeat;

	private volatile @Nullable Throwable closedFor;

	private volatile boolean endedByPeer;

	private volatile boolean begun;

	StreamSocket(Channel channel, StreamPeer peer, FrameWriter writer, @Nullable String interfaceName,
			LongSupplier nanoTime) {
		super(channel, interfaceName);
		this.peer = peer;
		this.writer = writer;
		this.lingeringClose = new LingeringClose(channel, nanoTime);
	}

	LingeringClose lingeringClose() {
		return this.lingeringClose;
	}

	public StreamPeer peer() {
		return this.peer;
	}

	FrameWriter writer() {
		return this.writer;
	}

	public WriteQueue writeQueue() {
		return this.writer.queue();
	}

	EventLoop eventLoop() {
		return this.channel.eventLoop();
	}

	void setHeartbeat(StreamHeartbeat heartbeat) {
		this.heartbeat = heartbeat;
	}

	boolean isReading() {
		return this.channel.config().isAutoRead();
	}

	void setReading(boolean reading) {
		if (this.lingeringClose.isBegun()) {
			return;
		}
		StreamHeartbeat heartbeat = this.heartbeat;
		if (reading && heartbeat != null) {
			heartbeat.reading();
		}
		try {
			this.channel.config().setAutoRead(reading);
		}
		catch (RejectedExecutionException ex) {
			// The application has ended, and with it the reading; who hands on what was
			// read is to go on
		}
	}

	/**
	 * Wait until the event loop is done with what it is at.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	void awaitEventLoop(long deadline) {
		if (this.channel.eventLoop().inEventLoop()) {
			return;
		}
		try {
			this.channel.eventLoop().submit(() -> {
			}).await(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RejectedExecutionException ex) {
			// The application has ended, and with it the reading
		}
	}

	/**
	 * Note that the connection is open with this socket.
	 */
	void begin() {
		this.begun = true;
	}

	boolean isBegun() {
		return this.begun;
	}

	/**
	 * Return whether the peer is there, without taking data.
	 */
	boolean isAlive() {
		return this.channel.isActive()
				&& (this.channel instanceof AbstractNioChannel || EpollTypes.isEstablished(this.channel));
	}

	@Override
	public @Nullable SocketAddress getLocalAddress() {
		return this.peer.getLocalAddress();
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() {
		return this.peer.getRemoteAddress();
	}

	@Override
	public void close() {
		boolean waiting = !this.endedByPeer && !this.channel.eventLoop().inEventLoop();
		try {
			if (waiting) {
				this.lingeringClose.await();
			}
			abort(new IOException("the connection was closed"));
			if (waiting) {
				this.lingeringClose.awaitOver(CLOSE_SECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			abort(new IOException("the connection was closed"));
		}
	}

	/**
	 * The peer has ended the stream: nobody waits for {@link #close()}, which then does
	 * not wait either. Else thousands of peers that leave at once would hold a thread
	 * each, until the event loop comes to them.
	 */
	public void endedByPeer() {
		this.endedByPeer = true;
	}

	/**
	 * Take no more frames, and wait until the kernel took those that are queued.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 * @return whether it took them
	 */
	public boolean flush(long deadline) {
		writeQueue().end();
		return writeQueue().awaitEmpty(deadline, STANDSTILL_NANOS);
	}

	/**
	 * Flush, and tell the peer that nothing more comes.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	public void part(long deadline) {
		if (flush(deadline) && !this.endedByPeer && this.writer.hasWritten()) {
			this.lingeringClose.begin(this.channel.config().isAutoRead());
		}
	}

	/**
	 * Close without waiting for it.
	 * @param reason what to say of frames that are lost with it
	 */
	public void abort(Throwable reason) {
		if (this.closedFor == null) {
			this.closedFor = reason;
		}
		this.channel.close();
	}

	/**
	 * Let closing reset the connection, whose peer does not answer: else the kernel goes
	 * on asking it for minutes, and the local port is not to be had for the same peer.
	 */
	public void resetOnClose() {
		try {
			this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		catch (ChannelException ex) {
			// It is closed just now
		}
	}

	boolean isOpen() {
		return this.channel.isActive();
	}

	/**
	 * Return why this side closed.
	 * @return the reason, {@code null} if it did not
	 */
	@Nullable Throwable closedFor() {
		return this.closedFor;
	}

}
