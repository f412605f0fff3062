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

package io.mooring.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;

import org.jspecify.annotations.Nullable;

/**
 * Open socket of a connection. Every opening creates a new one.
 */
public interface Endpoint extends Closeable {

	/**
	 * Return the address that the socket is bound to.
	 * @return the address with the actual port
	 */
	@Nullable SocketAddress getLocalAddress();

	/**
	 * Return the address that the socket is connected to.
	 * @return the address, {@code null} if the socket is not connected
	 */
	@Nullable SocketAddress getRemoteAddress();

	/**
	 * Return the network interface that the binding resolved to.
	 * @return the name, {@code null} for a fixed binding
	 */
	@Nullable String getInterfaceName();

	/**
	 * Check that the socket is still reachable at its address. The removal of the file of
	 * a Unix socket, which makes it unreachable, causes no event.
	 * @throws IOException if the socket is not reachable
	 */
	default void checkPlace() throws IOException {
	}

	/**
	 * Return the value of a socket option.
	 * @param <T> the type of the value
	 * @param option the option
	 * @return the value
	 * @throws IOException if the operating system reports an error
	 */
	<T> @Nullable T getOption(SocketOption<T> option) throws IOException;

	/**
	 * Set a socket option.
	 * @param <T> the type of the value
	 * @param option the option
	 * @param value the value
	 * @throws IOException if the operating system reports an error
	 */
	<T> void setOption(SocketOption<T> option, T value) throws IOException;

}
