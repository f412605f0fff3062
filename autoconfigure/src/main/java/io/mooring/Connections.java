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
 * The connections of an application, and the means to make more. The bean is
 * {@code mooringConnections}. All methods may be called by any thread.
 */
public interface Connections {

	/**
	 * Return a declared connection.
	 * @param name its name; spellings that differ in case and dashes are the same
	 * @return the connection
	 * @throws IllegalArgumentException if there is none, naming those there are
	 */
	Connection get(String name);

	/**
	 * Return a declared connection of a kind.
	 * @param <C> the kind
	 * @param name its name
	 * @param kind the interface that it must have
	 * @return the connection
	 * @throws IllegalArgumentException if there is none or it is of another kind
	 */
	<C extends Connection> C get(String name, Class<C> kind);

	/**
	 * Return the names of the declared connections, in the order of declaration.
	 * @return an unmodifiable copy
	 */
	Set<String> names();

	/**
	 * Declare a connection while the application runs. It becomes what those of the
	 * properties are: a bean under its name, with channels, adapters and health, opened
	 * in the way its {@code startup} and {@code auto-startup} say:
	 * <ul>
	 * <li>{@code fail-fast} (of listeners with a fixed binding, unless they say
	 * otherwise): this method waits for the first attempt. If that one fails, the
	 * declaration is taken back.</li>
	 * <li>{@code wait}: it waits until the connection is open, for the
	 * {@code startup-timeout} at the longest, and goes on with a warning.</li>
	 * <li>{@code background}, and without {@code auto-startup}: it does not wait.</li>
	 * </ul>
	 * Declared while the application still starts, before its lifecycle does, the
	 * connection is opened with the others, in its phase. A
	 * {@link ConnectionDeclaredEvent} is published before it is opened. Whatever is
	 * thrown, nothing of the declaration remains.
	 * @param name the name, also that of the bean: letters, digits, dashes and
	 * underscores
	 * @param spec what it is; it may have been built under another name
	 * @return the bean
	 * @throws IllegalArgumentException if the name or the spec is not valid, saying all
	 * that is wrong as for the properties; if there is a connection whose name has the
	 * same letters and digits; or if a bean has a name that the connection needs
	 * @throws ConnectionException if it fails fast, or was removed meanwhile
	 * @throws IllegalStateException if the application is being closed
	 */
	Connection declare(String name, ConnectionSpec spec);

	/**
	 * Declare a connection while the application runs, as
	 * {@link #declare(String, ConnectionSpec)} does, with {@code mooring.defaults}.
	 * @param name the name, also that of the bean
	 * @param url as in the {@code url} property
	 * @return the bean
	 * @throws IllegalArgumentException if the name, the URL or a default is not valid, or
	 * a name is taken
	 * @throws ConnectionException if it fails fast, or was removed meanwhile
	 * @throws IllegalStateException if the application is being closed
	 */
	Connection declare(String name, String url);

	/**
	 * Remove a connection, whether {@link #declare} or the properties declared it: stop
	 * its adapters once the flow has what they are at, send what was accepted, close it,
	 * and take its beans, the channels that are its own and its health away. The name is
	 * free when this returns. Flows that subscribed to {@code <name>.in} stay, with
	 * nothing to receive. A {@link ConnectionRemovedEvent} is published at the end.
	 * <p>
	 * Who kept the connection may open it again; it is like one of {@link #create} then.
	 * @param name the name, in any spelling
	 * @return whether this call removed it: {@code false} if there is none, or another
	 * thread is at it
	 * @throws IllegalStateException if it, or a bean of its own, is injected into beans
	 * that could not do without, naming them; or if the application is being closed
	 */
	boolean remove(String name);

	/**
	 * Make a connection that was not declared, with the defaults of
	 * {@code mooring.defaults}. It is not opened, neither by the application's start nor
	 * by a role, and has neither channels nor health; the caller closes it, the
	 * application's end at the latest.
	 * @param url as in the {@code url} property
	 * @return the connection
	 * @throws IllegalArgumentException if the URL is not valid, saying all that is wrong
	 */
	Connection create(String url);

	/**
	 * Make a stream that was not declared and connect it, as often as it takes. Once
	 * connected it is like one of {@link #create}.
	 * @param url as in the {@code url} property, of a type that connects
	 * @param timeout the longest first attempt; each further one may take twice as long
	 * as the one before, 5 seconds at the most. {@code null} for a single attempt, as
	 * long as the URL says
	 * @param retries how many attempts may follow the first, 0 or more
	 * @return the connection, open
	 * @throws IllegalArgumentException if the URL is not valid or not of such a type
	 * @throws ConnectionException the error of the last attempt
	 */
	StreamConnection connect(String url, @Nullable Duration timeout, int retries);

	/**
	 * Do as {@link #connect}, on another thread.
	 * @param url as in the {@code url} property, of a type that connects
	 * @param timeout the longest first attempt, {@code null} for a single one
	 * @param retries how many attempts may follow the first
	 * @return completes with the connection, or exceptionally as {@code connect} throws
	 * @throws IllegalArgumentException if the URL is not valid or not of such a type
	 */
	CompletableFuture<StreamConnection> connectAsync(String url, @Nullable Duration timeout, int retries);

	/**
	 * Find a TCP port that nobody listens on at the moment. Another program may take it
	 * before the caller does: the port 0 of a listener is the better way.
	 * @param address the local address
	 * @return the port
	 * @throws IllegalStateException if there is none, or the address is not of this
	 * machine
	 */
	int findFreePort(InetAddress address);

}
