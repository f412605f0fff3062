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

/**
 * A pipe that has something to read once its waiters are to wake up, for good.
 */
final class WakePipe {

	private final int readEnd;

	private final int writeEnd;

	WakePipe() throws IOException {
		NativeBlock ends = new NativeBlock(2L * Integer.BYTES);
		NativeException.check(LibC.pipe(ends.address()), "cannot make a pipe");
		this.readEnd = ends.buffer().getInt(0);
		this.writeEnd = ends.buffer().getInt(Integer.BYTES);
		LibC.ioctl(this.readEnd, Os.FIOCLEX);
		LibC.ioctl(this.writeEnd, Os.FIOCLEX);
	}

	int readEnd() {
		return this.readEnd;
	}

	void wake() {
		LibC.write(this.writeEnd, new NativeBlock(1).address(), 1);
	}

	void close() {
		LibC.close(this.readEnd);
		LibC.close(this.writeEnd);
	}

}
