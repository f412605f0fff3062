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

package io.mooring.transport.settings;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.mooring.UnixPath;

/**
 * Settings of Unix sockets.
 *
 * @param path path of a Unix socket, or an abstract name after an "@": the remote of a
 * client, the local address of a listener
 * @param localPath local path to bind a client to, or an abstract name after an "@"
 * @param mode permissions of the file of a Unix socket, such as "rw-rw----" or "660"
 * @param fd number of an inherited file descriptor, or its name in LISTEN_FDNAMES
 */
@ConfigurationProperties("mooring.defaults")
public record UnixSettings(@Nullable UnixPath path, @Nullable UnixPath localPath,
		@DefaultValue("rw-------") String mode, @Nullable String fd) implements SettingsRules<UnixSettings> {

	/**
	 * Return the permissions of the file of the socket.
	 * @return the permissions
	 */
	public Set<PosixFilePermission> permissions() {
		return PosixFilePermissions.fromString(
				this.mode.matches("[0-7]+") ? symbolic(this.mode.substring(this.mode.length() - 3)) : this.mode);
	}

	@Override
	public UnixSettings check(SettingsCheck check) {
		String key = check.type().isListener() ? "path" : "local-path";
		UnixPath own = check.type().isListener() ? this.path : this.localPath;
		if (own != null && own.isAbstract() && check.isOwn("mode")) {
			check.reject("mode",
					"has no meaning with " + key + " " + own + ", for an abstract name has no file; drop one of them");
		}
		if (!this.mode.matches("0?[67][0-7]{2}|rw[x-]([r-][w-][x-]){2}")) {
			check.reject("mode", "is not the mode of a file that its owner reads and writes; accepted are rw-rw---- "
					+ "and 660, and in YAML not 0660 without quotes, which it reads as 432");
			return this;
		}
		return new UnixSettings(this.path, this.localPath, PosixFilePermissions.toString(permissions()), this.fd);
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
