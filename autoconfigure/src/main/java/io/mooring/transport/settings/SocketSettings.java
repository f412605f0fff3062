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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings of socket options. By default those of the operating system.
 *
 * @param receiveBuffer size of the kernel's receive buffer (SO_RCVBUF). If a size suffix
 * is not specified, bytes are used
 * @param sendBuffer size of the kernel's send buffer (SO_SNDBUF). If a size suffix is not
 * specified, bytes are used
 * @param reuseAddress whether to allow an address that is in use (SO_REUSEADDR)
 * @param reusePort whether to share the port with other sockets that allow it
 * (SO_REUSEPORT)
 * @param precedence IP precedence of sent datagrams, 0 to 7
 * @param backlog maximum number of connections waiting to be accepted, negative for the
 * default of the operating system
 */
@ConfigurationProperties("mooring.defaults.socket")
public record SocketSettings(@Nullable DataSize receiveBuffer, @Nullable DataSize sendBuffer,
		@Nullable Boolean reuseAddress, @Nullable Boolean reusePort, @Nullable Integer precedence,
		@Nullable Integer backlog) implements SettingsRules<SocketSettings> {

	/**
	 * Return the kernel's receive buffer.
	 * @return the size in bytes, {@code null} for the default of the operating system
	 */
	public @Nullable Integer receiveBufferBytes() {
		return bytes(this.receiveBuffer);
	}

	/**
	 * Return the kernel's send buffer.
	 * @return the size in bytes, {@code null} for the default of the operating system
	 */
	public @Nullable Integer sendBufferBytes() {
		return bytes(this.sendBuffer);
	}

	private static @Nullable Integer bytes(@Nullable DataSize size) {
		return (size != null) ? Math.toIntExact(size.toBytes()) : null;
	}

	@Override
	public SocketSettings check(SettingsCheck check) {
		check.size("socket.receive-buffer", this.receiveBuffer);
		check.size("socket.send-buffer", this.sendBuffer);
		return this;
	}

}
