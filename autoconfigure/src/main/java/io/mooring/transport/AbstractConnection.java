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

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatistics;
import io.mooring.ConnectionStatus;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.DropReason;
import io.mooring.binding.BindingException;
import io.mooring.binding.InterfaceChange;
import io.mooring.transport.internal.binding.BindingCheck;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.receive.DropCounter;
import io.mooring.transport.internal.receive.InterceptionFailureSource;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.settings.UnixSettings;

/**
 * Base class of connections. Subclasses open sockets.
 *
 * @param <E> the type of the open socket
 */
public abstract class AbstractConnection<E extends Endpoint>
		implements SupervisedConnection, DropCounter, InterceptionFailureSource {

	/**
	 * Logger {@code io.mooring.connection.<name>}.
	 */
	protected final Log logger;

	private final ConnectionSpec spec;

	private final TransportContext context;

	private final Counters counters;

	private final PauseGate sending = new PauseGate();

	private final PauseGate receiving = new PauseGate();

	private final InterceptorChain interceptors;

	private final StateNotices notices;

	private final Lifecycle<E> lifecycle;

	/**
	 * Create a connection that is not open.
	 * @param spec the spec
	 * @param context the shared services
	 */
	protected AbstractConnection(ConnectionSpec spec, TransportContext context) {
		this(spec, context, null);
	}

	/**
	 * Create a connection that is not open.
	 * @param spec the spec
	 * @param context the shared services
	 * @param listener the listener that accepted it, {@code null} for a declared
	 * connection; an accepted one is also counted for the listener, logs at DEBUG, and is
	 * opened on the calling thread
	 */
	@SuppressWarnings("this-escape")
	protected AbstractConnection(ConnectionSpec spec, TransportContext context,
			@Nullable AbstractConnection<?> listener) {
		this.logger = LogFactory.getLog("io.mooring.connection." + spec.name());
		this.spec = spec;
		this.context = context;
		this.counters = new Counters((listener != null) ? listener.counters : null);
		this.interceptors = (listener != null) ? listener.interceptors
				: new InterceptorChain(spec.get(FlowSettings.class).interceptors(), context.beans(), this.logger);
		// Accepted connections are opened on an event loop, which must not be blocked
		this.notices = new StateNotices(this.interceptors, (listener != null) ? listener.lifecycle.mailbox() : null);
		this.lifecycle = new Lifecycle<>(this, context, listener != null);
	}

	/**
	 * Open a socket. May block; the thread is interrupted if the connection is closed.
	 * @return the open socket, which is not read yet
	 * @throws IOException if the socket cannot be opened; the message is for an operator
	 * @throws InterruptedException if the thread was interrupted
	 */
	protected abstract E openEndpoint() throws IOException, InterruptedException;

	/**
	 * Start reading. Called when the connection has taken an opened socket.
	 * @param endpoint the socket
	 */
	protected abstract void endpointOpened(E endpoint);

	/**
	 * Called before a socket is closed for any reason. Must not block if it is lost.
	 * @param endpoint the socket
	 * @param requested whether {@link #close()} was called
	 */
	protected abstract void endpointClosing(E endpoint, boolean requested);

	/**
	 * Wake waiting threads. Called after a socket was released for any reason, before the
	 * state changes.
	 */
	protected abstract void released();

	/**
	 * Called by {@link #close()} before the state changes, also if no socket was open.
	 */
	protected void closed() {
	}

	/**
	 * Check that the open socket still conforms to its spec. Called when the network
	 * interfaces have changed. By default, its local address must exist and match the
	 * binding.
	 * @param endpoint the open socket
	 * @param change the change
	 * @throws IOException if it does not conform; the socket is lost with this reason
	 * @throws BindingException if no local address matches; the socket is lost with this
	 * reason
	 */
	protected void checkEndpoint(E endpoint, InterfaceChange change) throws IOException {
		BindingCheck.check(AddressSettings.binding(this.spec), this.context.bindings(), endpoint.getLocalAddress(),
				endpoint.getRemoteAddress(), endpoint.getInterfaceName(), change);
	}

	/**
	 * Return whether an attempt may succeed after a change of the network interfaces.
	 * @param change the change
	 * @return whether to retry immediately
	 */
	protected boolean retriesImmediately(InterfaceChange change) {
		boolean unix = this.spec.get(UnixSettings.class).path() != null
				|| this.spec.get(UnixSettings.class).fd() != null;
		return !unix && change.favours(AddressSettings.binding(this.spec));
	}

	/**
	 * Check sockets of an attempt in progress. Called in every state when the network
	 * interfaces have changed.
	 * @param change the change
	 */
	protected void checkOpening(InterfaceChange change) {
	}

	@Override
	public final void interfacesChanged(InterfaceChange change) {
		this.lifecycle.interfacesChanged(change);
	}

	@Override
	public final void checkPlace() {
		E endpoint = endpoint();
		try {
			if (endpoint != null) {
				endpoint.checkPlace();
			}
		}
		catch (IOException ex) {
			lost(endpoint, ex);
		}
	}

	/**
	 * Return the drops of the open socket that are not in {@link #counters()}.
	 * @return the counts by reason
	 */
	protected Map<DropReason, Long> endpointDrops() {
		return Map.of();
	}

	@Override
	public final CompletableFuture<Void> startOpen() {
		return this.lifecycle.startOpen();
	}

	@Override
	public final void tryOpen() {
		this.lifecycle.tryOpen();
	}

	@Override
	public final void open() {
		this.lifecycle.open(this.spec.get(StartupSettings.class).timeout());
	}

	@Override
	public final void close() {
		this.lifecycle.close();
	}

	@Override
	public final boolean awaitState(ConnectionState state, Duration timeout) throws InterruptedException {
		return this.lifecycle.await(state, timeout);
	}

	/**
	 * Report the loss of a socket. Does nothing if it is no longer that of the
	 * connection. Does not block.
	 * @param endpoint the socket
	 * @param cause the cause
	 * @return a future that completes when the connection has released the socket
	 */
	protected final CompletableFuture<Void> lost(E endpoint, Throwable cause) {
		return this.lifecycle.lost(endpoint, cause);
	}

	/**
	 * Close a socket and reopen the connection immediately. Does nothing if it is no
	 * longer that of the connection. Does not block.
	 * @param endpoint the socket
	 * @param cause the cause
	 */
	protected final void reopen(E endpoint, Throwable cause) {
		this.lifecycle.reopen(endpoint, cause);
	}

	final void wake() {
		this.receiving.wake();
		this.sending.wake();
		released();
	}

	/**
	 * Record an error that does not close the connection as the last one.
	 * @param cause the error
	 */
	protected final void noteError(Throwable cause) {
		this.lifecycle.noteError(cause);
	}

	/**
	 * Return the open socket.
	 * @return the socket, {@code null} if there is none
	 */
	protected final @Nullable E endpoint() {
		return this.lifecycle.endpoint();
	}

	/**
	 * Return the open socket.
	 * @return the socket
	 * @throws ConnectionException if there is none, with the state and the last error
	 */
	protected final E requireEndpoint() {
		E endpoint = endpoint();
		if (endpoint == null) {
			ConnectionStatus status = getStatus();
			throw exception(
					"is not open (" + status.state() + ")"
							+ ((status.lastError() != null) ? ": " + Errors.describe(status.lastError()) : ""),
					status.lastError());
		}
		return endpoint;
	}

	/**
	 * Create an exception that names the connection.
	 * @param message the rest of the message, which follows the name of the connection
	 * @param cause the cause
	 * @return the exception
	 */
	protected final ConnectionException exception(String message, @Nullable Throwable cause) {
		return new ConnectionException(getName(), message, cause);
	}

	/**
	 * Create an exception that names the connection.
	 * @param message the rest of the message, which follows the name of the connection
	 * @return the exception
	 */
	protected final ConnectionException exception(String message) {
		return exception(message, null);
	}

	/**
	 * Return the shared services.
	 * @return the context
	 */
	protected final TransportContext context() {
		return this.context;
	}

	/**
	 * Return the message counters.
	 * @return the counters
	 */
	protected final Counters counters() {
		return this.counters;
	}

	/**
	 * Return the gate of paused senders.
	 * @return the gate
	 */
	protected final PauseGate sendingGate() {
		return this.sending;
	}

	/**
	 * Return the gate of paused reading.
	 * @return the gate
	 */
	protected final PauseGate receivingGate() {
		return this.receiving;
	}

	final InterceptorChain interceptors() {
		return this.interceptors;
	}

	final StateNotices notices() {
		return this.notices;
	}

	/**
	 * Return whether messages pass interceptors.
	 * @return whether there are any
	 */
	protected final boolean isIntercepted() {
		return !this.interceptors.isEmpty();
	}

	@Override
	public final void setInterceptionFailureListener(@Nullable InterceptionFailureListener listener) {
		this.interceptors.setFailureListener(listener);
	}

	@Override
	public final void countDropped(DropReason reason) {
		this.counters.dropped(reason, 1);
	}

	@Override
	public final String getName() {
		return this.spec.name();
	}

	@Override
	public final ConnectionType getType() {
		return this.spec.type();
	}

	@Override
	public final ConnectionSpec getSpec() {
		return this.spec;
	}

	@Override
	public final ConnectionState getState() {
		return getStatus().state();
	}

	@Override
	public final ConnectionStatus getStatus() {
		return this.lifecycle.status();
	}

	@Override
	public final @Nullable SocketAddress getLocalAddress() {
		E endpoint = endpoint();
		return (endpoint != null) ? endpoint.getLocalAddress() : null;
	}

	@Override
	public final @Nullable SocketAddress getRemoteAddress() {
		E endpoint = endpoint();
		return (endpoint != null) ? endpoint.getRemoteAddress() : null;
	}

	@Override
	public boolean canSend() {
		return this.spec.get(FlowSettings.class).direction() != Direction.RECEIVE;
	}

	@Override
	public boolean canReceive() {
		return this.spec.get(FlowSettings.class).direction() != Direction.SEND;
	}

	@Override
	public void pauseSending() {
		this.sending.pause();
	}

	@Override
	public void resumeSending() {
		this.sending.resume();
	}

	@Override
	public void pauseReceiving() {
		this.receiving.pause();
	}

	@Override
	public void resumeReceiving() {
		this.receiving.resume();
	}

	@Override
	public final ConnectionStatistics getStatistics() {
		return this.counters.snapshot(endpointDrops());
	}

	@Override
	public final <T> @Nullable T getOption(SocketOption<T> option) {
		try {
			return requireEndpoint().getOption(option);
		}
		catch (IOException ex) {
			throw exception("cannot read the option " + option + ": " + Errors.describe(ex), ex);
		}
	}

	@Override
	public final <T> void setOption(SocketOption<T> option, T value) {
		try {
			requireEndpoint().setOption(option, value);
		}
		catch (IOException ex) {
			throw exception("cannot set the option " + option + " to " + value + ": " + Errors.describe(ex), ex);
		}
	}

	@Override
	public String toString() {
		return getType() + " connection '" + getName() + "' (" + getState() + ")";
	}

}
