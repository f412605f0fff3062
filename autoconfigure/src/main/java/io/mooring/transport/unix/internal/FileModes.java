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

package io.mooring.transport.unix.internal;

import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * File modes as numbers (chmod(2)).
 */
final class FileModes {

	private FileModes() {
	}

	static int bits(Set<PosixFilePermission> mode) {
		PosixFilePermission[] all = PosixFilePermission.values();
		int bits = 0;
		for (PosixFilePermission permission : mode) {
			// The constants are in the order of the bits, from the highest one
			bits |= 1 << (all.length - 1 - permission.ordinal());
		}
		return bits;
	}

}
