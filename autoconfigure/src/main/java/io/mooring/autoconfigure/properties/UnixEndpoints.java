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

package io.mooring.autoconfigure.properties;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.UnixPath;

/**
 * What the keys of Unix sockets mean to a type.
 */
final class UnixEndpoints {

	private final ConnectionProperties properties;

	private final TypedKeys keys;

	UnixEndpoints(TypedKeys keys) {
		this.properties = keys.properties();
		this.keys = keys;
	}

	void apply(ConnectionSpecBuilder spec) {
		ConnectionSpec.Unix defaults = spec.build().unix();
		ReceiveProperties receive = this.properties.getReceive();
		DataSize ancillarySize = receive.getAncillarySize();
		spec.unix(new ConnectionSpec.Unix(path("path", this.properties.getPath()),
				path("local-path", this.properties.getLocalPath()), mode(defaults.mode()),
				this.keys.text("fd", this.properties.getFd()),
				Objects.requireNonNullElse(receive.getCredentials(), defaults.credentials()),
				Objects.requireNonNullElse(receive.getDescriptors(), defaults.descriptors()), (ancillarySize != null)
						? (int) Math.min(ancillarySize.toBytes(), Integer.MAX_VALUE) : defaults.ancillarySize()));
	}

	private @Nullable UnixPath path(String key, @Nullable String value) {
		String path = this.keys.text(key, value);
		try {
			return (path != null) ? UnixPath.of(path) : null;
		}
		catch (IllegalArgumentException ex) {
			this.keys.reject(key, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private Set<PosixFilePermission> mode(Set<PosixFilePermission> defaults) {
		String mode = this.keys.text("mode", this.properties.getMode());
		if (mode == null) {
			return defaults;
		}
		String key = this.keys.type().type().isListener() ? "path" : "local-path";
		String path = this.keys.text(key,
				this.keys.type().type().isListener() ? this.properties.getPath() : this.properties.getLocalPath());
		if (path != null && path.startsWith("@") && this.keys.isOwn("mode")) {
			this.keys.reject("mode",
					"has no meaning with " + key + " " + path + ", for an abstract name has no file; drop one of them");
		}
		if (mode.matches("0?[67][0-7]{2}")) {
			return PosixFilePermissions.fromString(symbolic(mode.substring(mode.length() - 3)));
		}
		if (mode.matches("rw[x-]([r-][w-][x-]){2}")) {
			return PosixFilePermissions.fromString(mode);
		}
		this.keys.reject("mode", "is not the mode of a file that its owner reads and writes; accepted are rw-rw---- "
				+ "and 660, and in YAML not 0660 without quotes, which it reads as 432");
		return defaults;
	}

	private static String symbolic(String octal) {
		StringBuilder text = new StringBuilder();
		octal.chars().map((digit) -> digit - '0').forEach((bits) -> {
			text.append(((bits & 4) != 0) ? 'r' : '-');
			text.append(((bits & 2) != 0) ? 'w' : '-');
			text.append(((bits & 1) != 0) ? 'x' : '-');
		});
		return text.toString();
	}

}
