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

import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A named, supervised network connection that sends, receives, or both. Listeners are
 * connections, too.
 * <p>
 * All methods are thread-safe. Sending and receiving never share a lock.
 */
public interface Connection extends AutoCloseable {

	/**
	 * Return the name of the connection.
	 * @return the declared name, which is also the bean name
	 */
	String getName();

	/**
	 * Return the type of the connection.
	 * @return the type
	 */
	ConnectionType getType();

	/**
	 * Return the validated description of the connection.
	 * @return the spec
	 */
	ConnectionSpec getSpec();

	/**
	 * Return the current state. Between two attempts of the supervisor it is
	 * {@link ConnectionState#CONNECTING}.
	 * @return the state
	 */
	ConnectionState getState();

	/**
	 * Return the current state with its time and cause.
	 * @return a snapshot
	 */
	ConnectionStatus getStatus();

	/**
	 * Open the connection and wait for the result of one attempt. After a failed attempt
	 * the supervisor continues in the background. Does nothing if the connection is open,
	 * and joins an attempt in progress.
	 * <p>
	 * If called from a callback of this connection (event listener, interceptor or
	 * reconnect policy), this method returns immediately, and the connection is opened
	 * after the callback has returned.
	 * @throws ConnectionException if the attempt failed, if {@link #close()} aborted it,
	 * or if the thread was interrupted
	 */
	void open();

	/**
	 * Close the connection and end its supervision until {@link #open()}. Does nothing if
	 * it is closed. Aborts an attempt in progress. A pending receive returns immediately
	 * and does not delay closing.
	 * <p>
	 * If called from a callback of this connection (event listener, interceptor or
	 * reconnect policy), this method returns immediately, and the connection is closed
	 * after the callback has returned.
	 * @throws ConnectionTimeoutException if a callback has blocked the connection for 10
	 * seconds; the connection is closed after the callback has returned
	 */
	@Override
	void close();

	/**
	 * Wait until the connection has reached a state, however short it was in that state.
	 * @param state the state to wait for
	 * @param timeout the maximum time to wait
	 * @return whether the state was reached in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	boolean awaitState(ConnectionState state, Duration timeout) throws InterruptedException;

	/**
	 * Return the address that the socket is bound to, with its actual port.
	 * @return the address, {@code null} while no socket is open
	 */
	@Nullable SocketAddress getLocalAddress();

	/**
	 * Return the address that the socket is connected to.
	 * @return the address, {@code null} while the socket is not connected
	 */
	@Nullable SocketAddress getRemoteAddress();

	/**
	 * Return whether the declared direction and the type allow sending.
	 * @return whether sending is possible
	 */
	boolean canSend();

	/**
	 * Return whether the declared direction and the type allow receiving.
	 * @return whether receiving is possible
	 */
	boolean canReceive();

	/**
	 * Pause sending. Threads that send block until {@link #resumeSending()}.
	 */
	void pauseSending();

	/**
	 * Resume sending.
	 */
	void resumeSending();

	/**
	 * Pause receiving: stop reading the socket. Incoming data stays in the receive buffer
	 * of the kernel; datagrams are dropped when it is full.
	 */
	void pauseReceiving();

	/**
	 * Resume receiving.
	 */
	void resumeReceiving();

	/**
	 * Return the statistics since the connection was created.
	 * @return a snapshot
	 */
	ConnectionStatistics getStatistics();

	/**
	 * Return the value of a socket option.
	 * @param <T> the type of the value
	 * @param option the option
	 * @return the value reported by the operating system
	 * @throws UnsupportedOperationException if the socket does not support the option
	 * @throws ConnectionException if no socket is open
	 */
	<T> @Nullable T getOption(SocketOption<T> option);

	/**
	 * Set a socket option of the open socket. After a reopening the declared value
	 * applies again.
	 * @param <T> the type of the value
	 * @param option the option
	 * @param value the value
	 * @throws UnsupportedOperationException if the socket does not support the option
	 * @throws ConnectionException if no socket is open
	 */
	<T> void setOption(SocketOption<T> option, T value);

}
