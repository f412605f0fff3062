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

import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.mooring.UnixPath;
import io.mooring.test.SpecBuilder;

/**
 * Specs of Unix sockets.
 */
public final class Specs {

	private Specs() {
	}

	public static List<Object> path(String path) {
		return path(path, false, false);
	}

	public static List<Object> path(String path, boolean credentials, boolean descriptors) {
		return path(path, credentials, descriptors, 8192);
	}

	public static List<Object> path(String path, boolean credentials, boolean descriptors, int ancillarySize) {
		return SpecBuilder.unix(UnixPath.of(path), null, PosixFilePermissions.fromString("rw-------"), null,
				credentials, descriptors, ancillarySize);
	}

}
