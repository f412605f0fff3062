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
 * A named, declared and supervised thing that sends, receives, or both. A listener is one
 * too.
 * <p>
 * All methods are safe for use by any thread. Sending and receiving never share a lock.
 */
public interface Connection extends AutoCloseable {

	/**
	 * Return the name under which the connection was declared.
	 * @return the name, also that of the bean
	 */
	String getName();

	/**
	 * Return what the connection is.
	 * @return the type
	 */
	ConnectionType getType();

	/**
	 * Return the validated description from which the connection was made.
	 * @return the spec
	 */
	ConnectionSpec getSpec();

	/**
	 * Return the state of this moment. Between two attempts of the supervisor it is
	 * {@link ConnectionState#CONNECTING}.
	 * @return the state
	 */
	ConnectionState getState();

	/**
	 * Return the state together with when and why it came about.
	 * @return a snapshot
	 */
	ConnectionStatus getStatus();

	/**
	 * Open the connection and wait for the outcome of one attempt; after a failed one the
	 * supervisor goes on trying. Does nothing if the connection is open, and joins an
	 * attempt in flight.
	 * <p>
	 * Called by a listener, an interceptor or a reconnect policy while the connection
	 * notifies it, this takes effect after that has returned, and is not waited for.
	 * @throws ConnectionException if the attempt failed, if {@link #close()} ended it, or
	 * if the thread was interrupted
	 */
	void open();

	/**
	 * Close the connection and end its supervision until {@link #open()}. Does nothing if
	 * it is closed, ends an attempt in flight, and never waits for a pending receive:
	 * that one returns at once.
	 * <p>
	 * Called by a listener, an interceptor or a reconnect policy while the connection
	 * notifies it, this takes effect after that has returned, and is not waited for.
	 * @throws ConnectionTimeoutException if such a call has not returned for 10 seconds;
	 * the connection is closed after that
	 */
	@Override
	void close();

	/**
	 * Wait until the connection is in a state. A state that it only passes through counts
	 * as well.
	 * @param state the state to wait for
	 * @param timeout how long to wait
	 * @return whether the state was reached in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	boolean awaitState(ConnectionState state, Duration timeout) throws InterruptedException;

	/**
	 * Return the address that the socket is bound to, with its real port.
	 * @return the address, {@code null} while there is no socket
	 */
	@Nullable SocketAddress getLocalAddress();

	/**
	 * Return the address that the socket is connected to.
	 * @return the address, {@code null} while there is none
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
	 * Hold back what is sent: senders wait until {@link #resumeSending()}.
	 */
	void pauseSending();

	/**
	 * Let senders go on.
	 */
	void resumeSending();

	/**
	 * Stop reading; what arrives waits in the kernel's buffer, and is lost where that one
	 * overflows.
	 */
	void pauseReceiving();

	/**
	 * Go on reading.
	 */
	void resumeReceiving();

	/**
	 * Return what was counted since the connection was made.
	 * @return a snapshot
	 */
	ConnectionStatistics getStatistics();

	/**
	 * Return the value of a socket option.
	 * @param <T> the type of the value
	 * @param option the option
	 * @return its value, as the system has it
	 * @throws UnsupportedOperationException if the socket has no such option
	 * @throws ConnectionException if there is no socket
	 */
	<T> @Nullable T getOption(SocketOption<T> option);

	/**
	 * Set a socket option on the socket that is open now; a reopened one has the declared
	 * value again.
	 * @param <T> the type of the value
	 * @param option the option
	 * @param value the value
	 * @throws UnsupportedOperationException if the socket has no such option
	 * @throws ConnectionException if there is no socket
	 */
	<T> void setOption(SocketOption<T> option, T value);

}
