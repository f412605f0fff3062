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

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionState;
import io.mooring.ConnectionStatus;
import io.mooring.binding.InterfaceChange;

/**
 * How a connection goes from state to state. An attempt to open runs on an executor; one
 * that was cancelled meanwhile closes what it opened, so that closing never waits for it.
 * The next attempt does, for they may want the same port or path.
 *
 * @param <E> the open socket
 */
final class StateMachine<E extends Endpoint> {

	private final AbstractConnection<E> connection;

	private final TransportContext context;

	private final Executor opener;

	private final ConnectionLog log;

	private final StateHolder state;

	private final ReentrantLock lock = new ReentrantLock();

	private final StateWaits waits;

	private final InterfaceFollower<E> follower;

	private final Sockets<E> sockets;

	private volatile @Nullable E endpoint;

	private @Nullable Attempt attempt;

	/**
	 * Create a machine in the state DISCONNECTED.
	 * @param connection what it is the state of
	 * @param context what connections share
	 * @param accepted whether a listener accepted it, so that opening it does not block
	 * and is nothing to tell an operator
	 */
	StateMachine(AbstractConnection<E> connection, TransportContext context, boolean accepted) {
		this.connection = connection;
		this.context = context;
		this.opener = accepted ? Runnable::run : context.executor();
		this.log = new ConnectionLog(connection.logger, accepted);
		this.state = new StateHolder(connection, connection.notices(), context.observer()::stateChanged,
				new FailureStreak(context.nanoTime()));
		this.waits = new StateWaits(connection, this.state, this.lock);
		this.follower = new InterfaceFollower<>(connection, this.lock);
		this.sockets = new Sockets<>(connection, this.log);
	}

	@Nullable E endpoint() {
		return this.endpoint;
	}

	ConnectionStatus status() {
		return this.state.status();
	}

	/**
	 * Open, and wait for it.
	 * @param timeout how long to wait
	 */
	void open(Duration timeout) {
		this.waits.awaitOpen(startOpen(), timeout);
	}

	CompletableFuture<Void> startOpen() {
		this.lock.lock();
		try {
			this.waits.awaitClosed();
			if (this.state.state() == ConnectionState.CONNECTED) {
				return CompletableFuture.completedFuture(null);
			}
			if (this.attempt != null) {
				return this.attempt.outcome();
			}
			this.context.observer().opening(this.connection);
			this.state.wanted(true);
			this.state.forgetAttempts();
			return launch().outcome();
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture
				.failedFuture(this.connection.exception("cannot be opened: " + ex.getMessage(), ex));
		}
		finally {
			this.lock.unlock();
			this.state.tell();
		}
	}

	void tryOpen() {
		this.lock.lock();
		try {
			if (status().wanted() && this.state.state() == ConnectionState.CONNECTING && this.attempt == null) {
				launch();
			}
		}
		finally {
			this.lock.unlock();
			this.state.tell();
		}
	}

	private Attempt launch() {
		Attempt attempt = new Attempt();
		this.attempt = attempt;
		this.follower.opening();
		this.state.change(ConnectionState.CONNECTING, null);
		try {
			this.opener.execute(() -> make(attempt));
		}
		catch (RejectedExecutionException ex) {
			this.attempt = null;
			attempt.outcome().completeExceptionally(this.connection.exception("cannot be opened: stopping", ex));
			this.state.change(ConnectionState.DISCONNECTED, ex);
		}
		return attempt;
	}

	private void make(Attempt attempt) {
		E opened = null;
		Throwable failure = null;
		try {
			attempt.begin();
			opened = this.sockets.open();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		if (!finish(attempt, opened, failure)) {
			// Cancelled: who did so has told those who wait
			this.sockets.gone(opened);
			return;
		}
		if (opened != null) {
			failure = begin(opened);
			this.follower.checkOpened(opened);
		}
		// Who waits for the outcome finds the events published
		this.state.tell();
		if (failure != null) {
			attempt.outcome().completeExceptionally(failure);
		}
		else {
			attempt.outcome().complete(null);
		}
	}

	private @Nullable Throwable begin(E opened) {
		try {
			this.connection.endpointOpened(opened);
			return null;
		}
		catch (Throwable ex) {
			// Nothing reads the socket, if only for want of a thread
			lost(opened, ex);
			return ex;
		}
	}

	private boolean finish(Attempt attempt, @Nullable E opened, @Nullable Throwable failure) {
		this.lock.lock();
		try {
			if (!attempt.end() || this.attempt != attempt) {
				return false;
			}
			this.attempt = null;
			if (opened != null) {
				this.endpoint = opened;
				this.connection.counters().opened();
				this.state.connected(opened.getInterfaceName());
				this.context.observer().opened(this.connection);
				this.log.opened(this.connection.getType(), opened);
			}
			else {
				failed(Objects.requireNonNull(failure));
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed(Throwable cause) {
		this.state.failed(cause);
		this.connection.counters().failed(cause);
		boolean again = this.context.observer().failed(this.connection, cause);
		this.log.failed(this.connection.getSpec(), cause, again);
		if (!again) {
			this.state.change(ConnectionState.DISCONNECTED, cause);
		}
	}

	/**
	 * Let go of a socket.
	 * @return whether it was that of the connection
	 */
	boolean lost(E endpoint, Throwable cause) {
		this.lock.lock();
		try {
			if (this.endpoint != endpoint || this.state.state() != ConnectionState.CONNECTED) {
				return false;
			}
			this.connection.endpointClosing(endpoint, false);
			this.endpoint = null;
			this.state.lost(cause);
			this.connection.counters().failed(cause);
			this.state.change(ConnectionState.DISCONNECTED, cause);
			boolean again = this.context.observer().failed(this.connection, cause);
			this.log.lost(cause, again);
			if (again) {
				this.state.change(ConnectionState.CONNECTING, cause);
			}
			this.sockets.going();
		}
		finally {
			this.lock.unlock();
		}
		this.sockets.gone(endpoint);
		this.state.tell();
		return true;
	}

	/**
	 * Open without waiting for the delay of the supervisor, if the connection was lost,
	 * and let the delays begin anew.
	 */
	void reopen() {
		this.lock.lock();
		try {
			if (status().wanted() && this.endpoint == null && this.attempt == null
					&& this.state.state() != ConnectionState.DISCONNECTING) {
				this.context.observer().opening(this.connection);
				this.state.forgetAttempts();
				launch();
			}
		}
		catch (RejectedExecutionException ex) {
			this.connection.logger.debug("Stopping: it is not opened again");
		}
		finally {
			this.lock.unlock();
			this.state.tell();
		}
	}

	/**
	 * Look whether what is open still fits the interfaces.
	 * @param change what changed
	 * @return whether the connection waits for an attempt that may succeed now
	 */
	boolean interfacesChanged(InterfaceChange change) {
		E open;
		boolean favoured;
		this.lock.lock();
		try {
			open = (this.state.state() == ConnectionState.CONNECTED) ? this.endpoint : null;
			if (this.attempt != null) {
				this.follower.changedWhileOpening(change);
			}
			favoured = this.attempt == null && status().wanted() && this.state.state() == ConnectionState.CONNECTING
					&& this.connection.isFavoured(change);
			if (favoured) {
				this.state.forgetAttempts();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (open != null) {
			this.follower.check(open, change);
		}
		return favoured;
	}

	void noteError(Throwable cause) {
		this.lock.lock();
		try {
			this.state.noted(cause);
			this.connection.counters().error(cause);
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		Attempt cancelled = null;
		E endpoint = null;
		this.lock.lock();
		try {
			this.waits.awaitClosed();
			this.state.wanted(false);
			this.context.observer().closed(this.connection);
			cancelled = this.attempt;
			if (cancelled != null) {
				this.attempt = null;
				this.sockets.going();
			}
			endpoint = this.endpoint;
			this.state.change((endpoint != null) ? ConnectionState.DISCONNECTING : ConnectionState.DISCONNECTED, null);
		}
		finally {
			this.lock.unlock();
		}
		if (cancelled != null) {
			cancelled.cancel();
			cancelled.outcome()
				.completeExceptionally(this.connection.exception("was closed while it was being opened"));
		}
		if (endpoint != null) {
			close(endpoint);
		}
		this.state.tell();
	}

	private void close(E endpoint) {
		try {
			this.connection.endpointClosing(endpoint, true);
			this.sockets.close(endpoint);
		}
		finally {
			this.lock.lock();
			try {
				this.endpoint = null;
				this.log.closed();
				this.state.change(ConnectionState.DISCONNECTED, null);
				this.waits.closed();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	boolean await(ConnectionState state, Duration timeout) throws InterruptedException {
		return this.waits.await(state, timeout);
	}

}
