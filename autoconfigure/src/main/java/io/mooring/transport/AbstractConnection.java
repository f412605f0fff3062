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
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.receive.DropCounter;
import io.mooring.transport.internal.receive.InterceptionFailureSource;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.settings.UnixSettings;

/**
 * What all connections have in common. A subclass opens sockets.
 *
 * @param <E> the open socket
 */
public abstract class AbstractConnection<E extends Endpoint>
		implements SupervisedConnection, DropCounter, InterceptionFailureSource {

	/**
	 * Logs under {@code io.mooring.connection.<name>}.
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
	 * @param spec what it is
	 * @param context what connections share
	 */
	protected AbstractConnection(ConnectionSpec spec, TransportContext context) {
		this(spec, context, null);
	}

	/**
	 * Create a connection that is not open.
	 * @param spec what it is
	 * @param context what connections share
	 * @param listener the listener that accepted it, {@code null} for a connection in its
	 * own right; what an accepted one does is counted for the listener too and is logged
	 * at DEBUG, and it is opened by the thread that asks for it
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
		// An accepted one is opened on an event loop, which must not be blocked
		this.notices = new StateNotices(this.interceptors, (listener != null) ? listener.lifecycle.mailbox() : null);
		this.lifecycle = new Lifecycle<>(this, context, listener != null);
	}

	/**
	 * Open a socket. May block; is interrupted when the connection is closed meanwhile.
	 * @return the open socket, from which nothing is read yet
	 * @throws IOException if it cannot be opened; the message is for an operator
	 * @throws InterruptedException if the thread was interrupted
	 */
	protected abstract E openEndpoint() throws IOException, InterruptedException;

	/**
	 * Called when a socket has become that of the connection: begin to read.
	 * @param endpoint the socket
	 */
	protected abstract void endpointOpened(E endpoint);

	/**
	 * Called before a socket is closed, for whatever reason. Must not block when it is
	 * lost.
	 * @param endpoint the socket
	 * @param purposely whether somebody called {@link #close()}
	 */
	protected abstract void endpointClosing(E endpoint, boolean purposely);

	/**
	 * Called when a socket was let go, for whatever reason and before the state changes:
	 * end what waits for it.
	 */
	protected abstract void released();

	/**
	 * Called by {@link #close()} before the state changes, also if no socket was open.
	 */
	protected void closed() {
	}

	/**
	 * Called when the network interfaces changed: check that opening anew would give the
	 * same socket. Unless overridden, that is one whose local address the machine still
	 * has and the binding still leads to.
	 * @param endpoint the open socket
	 * @param change what changed
	 * @throws IOException if it would not; the socket is lost for that reason
	 * @throws BindingException if nothing would do any more; the socket is lost as well
	 */
	protected void checkEndpoint(E endpoint, InterfaceChange change) throws IOException {
		BindingCheck.check(AddressSettings.binding(this.spec), this.context.bindings(), endpoint, change);
	}

	/**
	 * Return whether an attempt may succeed that would have failed before the network
	 * interfaces changed.
	 * @param change what changed
	 * @return whether to make it now
	 */
	protected boolean isFavoured(InterfaceChange change) {
		boolean unix = this.spec.get(UnixSettings.class).path() != null
				|| this.spec.get(UnixSettings.class).fd() != null;
		return !unix && change.favours(AddressSettings.binding(this.spec));
	}

	/**
	 * Called when the network interfaces changed, whatever the state: check what an
	 * attempt to open has opened already.
	 * @param change what changed
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
	 * Return the drops that the open socket knows of and {@link #counters()} does not.
	 * @return counts by reason
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
	 * Report that a socket broke. Does nothing if it is no longer that of the connection.
	 * Does not block.
	 * @param endpoint the socket
	 * @param cause why
	 * @return completes when the connection has let go of the socket
	 */
	protected final CompletableFuture<Void> lost(E endpoint, Throwable cause) {
		return this.lifecycle.lost(endpoint, cause);
	}

	/**
	 * Give up a socket and open another one at once. Does nothing if it is no longer that
	 * of the connection. Does not block.
	 * @param endpoint the socket
	 * @param cause why
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
	 * Show an error after which the connection goes on as the last one.
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
	 * Make an exception that names the connection.
	 * @param message what happened
	 * @param cause why
	 * @return the exception
	 */
	protected final ConnectionException exception(String message, @Nullable Throwable cause) {
		return new ConnectionException(getName(), message, cause);
	}

	/**
	 * Make an exception that names the connection.
	 * @param message what happened
	 * @return the exception
	 */
	protected final ConnectionException exception(String message) {
		return exception(message, null);
	}

	/**
	 * Return what all connections share.
	 * @return the context
	 */
	protected final TransportContext context() {
		return this.context;
	}

	/**
	 * Return what counts the messages.
	 * @return the counters
	 */
	protected final Counters counters() {
		return this.counters;
	}

	/**
	 * Return what holds back senders.
	 * @return the gate
	 */
	protected final PauseGate sendingGate() {
		return this.sending;
	}

	/**
	 * Return what holds back reading.
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
