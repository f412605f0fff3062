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

package io.mooring;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Registry of the connections of an application, which also declares, creates and removes
 * connections at run time. The bean name is {@code mooringConnections}. All methods are
 * thread-safe.
 */
public interface Connections {

	/**
	 * Return a declared connection.
	 * @param name the name, in any spelling: case, dashes and underscores are ignored
	 * @return the connection
	 * @throws IllegalArgumentException if there is no such connection; the message lists
	 * the names of all connections
	 */
	Connection get(String name);

	/**
	 * Return a declared connection as the given interface.
	 * @param <C> the interface
	 * @param name the name, in any spelling
	 * @param kind the interface that the connection must implement
	 * @return the connection
	 * @throws IllegalArgumentException if there is no such connection or it does not
	 * implement the interface
	 */
	<C extends Connection> C get(String name, Class<C> kind);

	/**
	 * Return the names of the declared connections, in the order of declaration.
	 * @return an unmodifiable copy
	 */
	Set<String> names();

	/**
	 * Declare a connection at run time. Like a connection declared by properties it
	 * becomes a bean with channels, adapters and health, and is opened according to its
	 * {@code startup} and {@code auto-startup}:
	 * <ul>
	 * <li>{@code fail-fast} (the default of listeners with a fixed binding): this method
	 * waits for the first attempt. If it fails, the declaration is rolled back.</li>
	 * <li>{@code wait}: this method waits until the connection is open, up to
	 * {@code startup-timeout}, and then returns with a warning in the log.</li>
	 * <li>{@code background}, or {@code auto-startup: false}: this method does not
	 * wait.</li>
	 * </ul>
	 * A connection declared before the lifecycle of the application has started is opened
	 * with the others, in its phase. A {@link ConnectionDeclaredEvent} is published
	 * before the connection is opened. If this method throws, the declaration is rolled
	 * back completely.
	 * @param name the name of the connection and of its bean: letters, digits, dashes and
	 * underscores
	 * @param spec the description of the connection; its own name is ignored
	 * @return the bean
	 * @throws IllegalArgumentException if the name or the spec is invalid (the message
	 * lists all errors, as for properties), or if the name is already used by a
	 * connection in any spelling or by another bean
	 * @throws ConnectionException if the first attempt fails with {@code fail-fast}, or
	 * if the connection is removed concurrently
	 * @throws IllegalStateException if the application context is closing
	 */
	Connection declare(String name, ConnectionSpec spec);

	/**
	 * Declare a connection at run time from a URL and {@code mooring.defaults}.
	 * @param name the name of the connection and of its bean
	 * @param url the URL, as in the {@code url} property
	 * @return the bean
	 * @throws IllegalArgumentException if the name, the URL or a default is invalid, or
	 * the name is already used
	 * @throws ConnectionException if the first attempt fails with {@code fail-fast}, or
	 * if the connection is removed concurrently
	 * @throws IllegalStateException if the application context is closing
	 */
	Connection declare(String name, String url);

	/**
	 * Remove a connection that was declared by {@link #declare} or by properties: stop
	 * its adapters after messages in progress have been handled, flush accepted messages,
	 * close the connection, and remove its beans, the channels created for it and its
	 * health component. Afterwards the name can be used again. Flows that subscribe to
	 * {@code <name>.in} remain registered but receive no messages. A
	 * {@link ConnectionRemovedEvent} is published at the end.
	 * <p>
	 * The removed connection can still be opened by the caller; it then behaves like one
	 * made by {@link #create}.
	 * @param name the name, in any spelling
	 * @return whether this call removed the connection: {@code false} if there is none,
	 * or another thread is removing it
	 * @throws IllegalStateException if the connection or one of its beans is injected
	 * into other beans (the message names them), or if the application context is closing
	 */
	boolean remove(String name);

	/**
	 * Create an undeclared connection from a URL and {@code mooring.defaults}. It is not
	 * a bean, has neither channels nor health, and is opened by the caller. The caller
	 * should close it; otherwise it is closed with the application context.
	 * @param url the URL, as in the {@code url} property
	 * @return the connection, not open
	 * @throws IllegalArgumentException if the URL is invalid; the message lists all
	 * errors
	 */
	Connection create(String url);

	/**
	 * Create an undeclared stream connection and connect it, with retries. Once connected
	 * it behaves like one made by {@link #create}.
	 * @param url the URL of a stream client, as in the {@code url} property
	 * @param timeout the timeout of the first attempt, doubled for each further attempt
	 * up to 5 seconds; {@code null} for a single attempt with the {@code connect-timeout}
	 * of the URL
	 * @param retries the maximum number of further attempts, 0 or more
	 * @return the connection, open
	 * @throws IllegalArgumentException if the URL is invalid or not that of a stream
	 * client
	 * @throws ConnectionException if the last attempt fails
	 */
	StreamConnection connect(String url, @Nullable Duration timeout, int retries);

	/**
	 * Create an undeclared stream connection and connect it asynchronously, with retries.
	 * @param url the URL of a stream client, as in the {@code url} property
	 * @param timeout the timeout of the first attempt, {@code null} for a single attempt
	 * @param retries the maximum number of further attempts
	 * @return a future of the open connection, which fails with the exception of
	 * {@link #connect}
	 * @throws IllegalArgumentException if the URL is invalid or not that of a stream
	 * client
	 */
	CompletableFuture<StreamConnection> connectAsync(String url, @Nullable Duration timeout, int retries);

	/**
	 * Find a TCP port that is currently unused. Another process may bind to it before the
	 * caller does; prefer a listener with port 0.
	 * @param address the local address
	 * @return the port
	 * @throws IllegalStateException if no port is available, or the address is not a
	 * local one
	 */
	int findFreePort(InetAddress address);

}
