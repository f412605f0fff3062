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
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.log.Errors;

/**
 * A file that is being sent, part by part. It is sent as long as it was when it was
 * opened. But for {@link #open} and {@link #await}, used by the event loop.
 */
final class FileContent {

	private static final int REGION_BYTES = 256 * 1024;

	private static final int BUFFER_BYTES = 64 * 1024;

	private final Path path;

	private final FileChannel file;

	private final long size;

	// Nobody but the sender waits for it, so that no user code runs when it is completed
	private final CompletableFuture<Void> outcome = new CompletableFuture<>();

	private volatile long position;

	private FileContent(Path path, FileChannel file, long size) {
		this.path = path;
		this.file = file;
		this.size = size;
	}

	/**
	 * Open a file for reading.
	 * @param path the file
	 * @return its content, to be ended
	 * @throws IOException if it cannot be read; the message stands behind its name
	 */
	static FileContent open(Path path) throws IOException {
		if (Files.exists(path) && !Files.isRegularFile(path)) {
			// A pipe would wait for its writer
			throw new IOException("it is no regular file");
		}
		try {
			FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
			try {
				return new FileContent(path, file, file.size());
			}
			catch (IOException ex) {
				file.close();
				throw ex;
			}
		}
		catch (NoSuchFileException ex) {
			throw new IOException("there is no such file", ex);
		}
		catch (AccessDeniedException ex) {
			throw new IOException("it may not be read", ex);
		}
	}

	long size() {
		return this.size;
	}

	long position() {
		return this.position;
	}

	boolean isAtEnd() {
		return this.position == this.size;
	}

	/**
	 * Return what to write next. This decides how: the kernel takes the bytes from the
	 * disk, unless a handler of the channel has to see them.
	 * @param channel where to
	 * @return a part of the file, which is empty only if the file is
	 * @throws IOException if it cannot be read
	 */
	Part next(Channel channel) throws IOException {
		boolean direct = channel.pipeline().get(SslHandler.class) == null;
		int length = (int) Math.min(this.size - this.position, direct ? REGION_BYTES : BUFFER_BYTES);
		if (isShort()) {
			throw new IOException("its end was cut off");
		}
		return new Part(direct ? new Region(this.file, this.position, length) : read(channel, length), length);
	}

	private ByteBuf read(Channel channel, int length) throws IOException {
		ByteBuf buffer = channel.alloc().buffer(length);
		try {
			while (buffer.isWritable()) {
				int count = buffer.writeBytes(this.file, this.position + buffer.writerIndex(), buffer.writableBytes());
				if (count < 0) {
					throw new IOException("its end was cut off");
				}
			}
			return buffer;
		}
		catch (IOException ex) {
			buffer.release();
			throw ex;
		}
	}

	void moveTo(long position) {
		this.position = position;
	}

	/**
	 * Return whether the file is no longer as long as it was.
	 */
	boolean isShort() {
		try {
			return this.file.size() < this.size;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Return why this file was not sent.
	 * @param failure what a write failed with
	 */
	Throwable explain(Throwable failure) {
		return isShort() ? new IOException(this.path + " became shorter while it was sent (" + this.position + " of "
				+ this.size + " bytes went out)", failure) : failure;
	}

	/**
	 * Close the file, and end the waiting for it.
	 * @param failure why not all of it was sent, {@code null} if it was
	 */
	void end(@Nullable Throwable failure) {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			// It was only read
		}
		if (failure != null) {
			this.outcome.completeExceptionally(failure);
		}
		else {
			this.outcome.complete(null);
		}
	}

	/**
	 * Wait for the end.
	 * @throws IOException if the file was not sent, or only a part of it
	 * @throws InterruptedException if the thread was interrupted; the file is sent
	 * nevertheless
	 */
	void await() throws IOException, InterruptedException {
		try {
			this.outcome.get();
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new IOException(
					"lost after " + this.position + " of " + this.size + " bytes: " + Errors.describe(cause), cause);
		}
	}

	/**
	 * A part of a file.
	 *
	 * @param content what to write
	 * @param length how many bytes that is
	 */
	record Part(Object content, int length) {

	}

	/**
	 * A part that leaves the file open for the next one.
	 */
	private static final class Region extends DefaultFileRegion {

		Region(FileChannel file, long position, long count) {
			super(file, position, count);
		}

		@Override
		protected void deallocate() {
		}

	}

}
