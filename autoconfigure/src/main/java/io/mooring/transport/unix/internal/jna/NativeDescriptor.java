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

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

import io.mooring.ReceivedDescriptor;

/**
 * Received file descriptor. If it is neither taken nor closed, it is closed by garbage
 * collection.
 */
final class NativeDescriptor implements ReceivedDescriptor {

	private static final Cleaner CLEANER = Cleaner.create();

	private static final String NULL_DEVICE = "/dev/null";

	private static final int GONE = -1;

	private final AtomicInteger number;

	NativeDescriptor(int number) {
		AtomicInteger owned = new AtomicInteger(number);
		this.number = owned;
		CLEANER.register(this, () -> close(owned));
	}

	private static void close(AtomicInteger number) {
		int owned = number.getAndSet(GONE);
		if (owned != GONE) {
			LibC.close(owned);
		}
	}

	@Override
	public int number() {
		int number = this.number.get();
		if (number == GONE) {
			throw gone();
		}
		return number;
	}

	@Override
	public boolean isOpen() {
		return this.number.get() != GONE;
	}

	@Override
	public int detach() {
		int number = this.number.getAndSet(GONE);
		if (number == GONE) {
			throw gone();
		}
		return number;
	}

	@Override
	public InputStream asInputStream() throws IOException {
		number();
		FileInputStream stream = new FileInputStream(NULL_DEVICE);
		moveInto(stream.getFD(), stream);
		// readAllBytes of JDK 17 seeks, which fails on pipes and sockets
		return new BufferedInputStream(stream);
	}

	@Override
	public FileChannel asFileChannel() throws IOException {
		int number = number();
		if (LibC.lseek(number, 0, Os.SEEK_CUR) < 0) {
			throw new NativeException("the descriptor is not a file", LibC.errno());
		}
		int access = NativeException.check(LibC.fcntl(number, Os.F_GETFL), "cannot read the mode of the descriptor")
				& Os.O_ACCMODE;
		return switch (access) {
			case 0 -> {
				FileInputStream stream = new FileInputStream(NULL_DEVICE);
				moveInto(stream.getFD(), stream);
				yield stream.getChannel();
			}
			case 1 -> {
				FileOutputStream stream = new FileOutputStream(NULL_DEVICE);
				moveInto(stream.getFD(), stream);
				yield stream.getChannel();
			}
			default -> {
				RandomAccessFile file = new RandomAccessFile(NULL_DEVICE, "rw");
				moveInto(file.getFD(), file);
				yield file.getChannel();
			}
		};
	}

	/**
	 * The JDK cannot create a stream from a number. This descriptor is duplicated onto
	 * that of a stream opened by the JDK, which then handles it as usual, including
	 * cleanup.
	 */
	private void moveInto(FileDescriptor target, AutoCloseable stream) throws IOException {
		int number = detach();
		try {
			int targetNumber = FileDescriptors.number(target);
			if (Os.LINUX) {
				NativeException.check(LinuxLibC.dup3(number, targetNumber, Os.O_CLOEXEC), "cannot duplicate");
			}
			else {
				NativeException.check(LibC.dup2(number, targetNumber), "cannot duplicate");
				LibC.ioctl(targetNumber, Os.FIOCLEX);
			}
			LibC.close(number);
		}
		catch (IOException ex) {
			this.number.set(number);
			closeQuietly(stream);
			throw ex;
		}
	}

	private static void closeQuietly(AutoCloseable stream) {
		try {
			stream.close();
		}
		catch (Exception ex) {
			// No data was written to it
		}
	}

	@Override
	public void close() {
		close(this.number);
	}

	private IllegalStateException gone() {
		return new IllegalStateException("The descriptor was taken or closed; it is closed with its datagram, "
				+ "which a channel adapter does when the flow returns");
	}

	@Override
	public String toString() {
		int number = this.number.get();
		return (number == GONE) ? "descriptor (gone)" : "descriptor " + number;
	}

}
