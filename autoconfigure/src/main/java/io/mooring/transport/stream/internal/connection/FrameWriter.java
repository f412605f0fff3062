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
import java.nio.channels.ClosedChannelException;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is in a queue to a channel. Many small frames are joined into one write.
 */
final class FrameWriter {

	private static final int JOINED_BYTES = 64 * 1024;

	private final Channel channel;

	private final WriteQueue queue;

	private final Listener listener;

	// Of the event loop
	private boolean writingFile;

	private volatile boolean written;

	FrameWriter(Channel channel, int capacity, Listener listener) {
		this.channel = channel;
		this.queue = new WriteQueue(capacity, () -> channel.eventLoop().execute(this::write));
		this.listener = listener;
	}

	WriteQueue queue() {
		return this.queue;
	}

	/**
	 * Return whether anything was ever written.
	 */
	boolean hasWritten() {
		return this.written;
	}

	/**
	 * Write as much as the kernel takes. Called by the event loop, when there is
	 * something to write and when the kernel takes more.
	 */
	void write() {
		boolean any = false;
		while (!this.writingFile && this.channel.isWritable()) {
			List<Frame> frames = this.queue.next(JOINED_BYTES);
			if (frames.isEmpty()) {
				break;
			}
			any = true;
			FileContent file = frames.get(0).file();
			if (file != null) {
				write(frames.get(0), file);
				continue;
			}
			this.channel.write(join(frames), new Write(frames).promise());
		}
		if (any) {
			this.written = true;
			this.channel.flush();
		}
		this.queue.flushed();
	}

	private ByteBuf join(List<Frame> frames) {
		if (frames.size() == 1) {
			return Unpooled.wrappedBuffer(frames.get(0).bytes());
		}
		ByteBuf joined = this.channel.alloc()
			.directBuffer(frames.stream().mapToInt((frame) -> frame.bytes().length).sum());
		frames.forEach((frame) -> joined.writeBytes(frame.bytes()));
		return joined;
	}

	/**
	 * Write a part of a file. The rest follows when the kernel took that, unless sending
	 * is paused, so that not all of it waits in memory or holds up the closing.
	 */
	private void write(Frame frame, FileContent file) {
		long position = file.position();
		try {
			FileContent.Part part = file.next(this.channel);
			this.writingFile = true;
			if (position == 0) {
				this.channel.write(Unpooled.wrappedBuffer(frame.bytes()));
			}
			this.channel.write(part.content()).addListener((future) -> {
				this.writingFile = false;
				if (future.isSuccess()) {
					file.moveTo(position + part.length());
					this.listener.taken(part.length());
					wrote(frame, file);
				}
				else {
					cutOff(frame, file.explain(future.cause()));
				}
			});
		}
		catch (IOException ex) {
			if (position > 0) {
				cutOff(frame, file.explain(ex));
			}
			else {
				done(List.of(frame), ex);
			}
		}
	}

	private void wrote(Frame frame, FileContent file) {
		if (file.isAtEnd()) {
			done(List.of(frame), null);
		}
		else if (!this.queue.putBack(frame)) {
			done(List.of(frame), this.queue.closed());
		}
		write();
	}

	/**
	 * The peer waits for the rest of a file, and would take what follows for it.
	 */
	private void cutOff(Frame frame, Throwable cause) {
		done(List.of(frame), cause);
		if (!(cause instanceof ClosedChannelException)) {
			this.channel.pipeline().fireExceptionCaught(cause);
		}
	}

	private void done(List<Frame> frames, @Nullable Throwable failure) {
		if (!this.queue.done(frames, failure)) {
			return;
		}
		if (failure == null) {
			this.listener.taken(frames);
		}
		else {
			this.listener.lost(frames, failure);
		}
		endFiles(frames, failure);
	}

	/**
	 * Lose what waits, and take no more. Called by the event loop.
	 * @param cause why
	 */
	void close(Throwable cause) {
		List<Frame> lost = this.queue.close(cause);
		if (!lost.isEmpty()) {
			this.listener.lost(lost, cause);
			endFiles(lost, cause);
		}
	}

	/**
	 * Let those go on who wait for a file, now that it is counted.
	 */
	private static void endFiles(List<Frame> frames, @Nullable Throwable failure) {
		for (Frame frame : frames) {
			if (frame.file() != null) {
				frame.file().end(failure);
			}
		}
	}

	/**
	 * One write of some frames. The kernel may take a part of it only, and of a frame.
	 */
	private final class Write implements ChannelProgressiveFutureListener {

		private final List<Frame> frames;

		private long taken;

		Write(List<Frame> frames) {
			this.frames = frames;
		}

		ChannelPromise promise() {
			return FrameWriter.this.channel.newProgressivePromise().addListener(this);
		}

		@Override
		public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
			this.taken = progress;
			FrameWriter.this.queue.progressed();
		}

		@Override
		public void operationComplete(ChannelProgressiveFuture future) {
			if (future.isSuccess()) {
				done(this.frames, null);
				return;
			}
			int whole = 0;
			for (Frame frame : this.frames) {
				this.taken -= frame.bytes().length;
				if (this.taken < 0) {
					break;
				}
				whole++;
			}
			if (whole > 0) {
				done(this.frames.subList(0, whole), null);
			}
			done(this.frames.subList(whole, this.frames.size()), future.cause());
		}

	}

	/**
	 * Is told what became of frames. Called by the event loop.
	 */
	interface Listener {

		void taken(List<Frame> frames);

		/**
		 * The kernel took bytes of a file, which is not at its end or about to be taken.
		 */
		void taken(long fileBytes);

		void lost(List<Frame> frames, Throwable cause);

	}

}
