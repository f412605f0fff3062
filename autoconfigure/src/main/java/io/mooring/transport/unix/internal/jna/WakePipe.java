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
 * Pipe that becomes permanently readable to wake its waiters.
 */
final class WakePipe {

	private final int readEnd;

	private final int writeEnd;

	WakePipe() throws IOException {
		NativeBlock ends = new NativeBlock(2L * Integer.BYTES);
		NativeException.check(LibC.pipe(ends.address()), "cannot create a pipe");
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
