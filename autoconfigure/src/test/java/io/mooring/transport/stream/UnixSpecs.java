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

package io.mooring.transport.stream;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.mooring.ConnectionType;
import io.mooring.UnixPath;
import io.mooring.test.SpecBuilder;

/**
 * Specs of Unix stream sockets whose frames have a length in front.
 */
public final class UnixSpecs {

	private UnixSpecs() {
	}

	public static SpecBuilder client(String name, Path path) {
		return spec(name, ConnectionType.UNIX, path.toString(), "rw-------");
	}

	public static SpecBuilder listener(String name, Path path) {
		return spec(name, ConnectionType.UNIX_LISTEN, path.toString(), "rw-------");
	}

	public static SpecBuilder spec(String name, ConnectionType type, String path, String mode) {
		return SpecBuilder.of(name, type)
			.unix(SpecBuilder.unix(UnixPath.of(path), null, PosixFilePermissions.fromString(mode), null, false, false,
					8192))
			.framing(FramingSettings.of("length", 65536));
	}

}
