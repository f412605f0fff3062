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
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.ConnectionStatus;
import io.mooring.ConnectionTimeoutException;
import io.mooring.binding.BindingException;
import io.mooring.binding.InterfaceChange;
import io.mooring.transport.internal.concurrent.Mailbox;
import io.mooring.transport.internal.log.Errors;

/**
 * Life of a connection, on its mailbox: requests to open and close, results of attempts,
 * losses and changes of the interfaces are processed one after the other, each with the
 * notifications that follow. Sockets are opened apart from it, so that closing does not
 * wait for a cancelled attempt; the next attempt does, as both may use one port or path.
 *
 * @param <E> the open socket
 */
final class Lifecycle<E extends Endpoint> {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration BEGIN_TIMEOUT = Duration.ofSeconds(1);

	private final AbstractConnection<E> connection;

	private final TransportContext context;

	private final Mailbox mailbox;

	private final Executor opener;

	private final ConnectionLog log;

	private final LifecycleState state;

	private final AtomicReference<@Nullable InterfaceChange> changes = new AtomicReference<>();

	private volatile @Nullable E endpoint;

	private volatile @Nullable Loss<E> loss;

	private @Nullable Attempt attempt;

	private CompletableFuture<?> cancelled = CompletableFuture.completedFuture(null);

	/**
	 * Create a lifecycle in the state DISCONNECTED.
	 * @param connection what it is the life of
	 * @param context what connections share
	 * @param accepted whether a listener accepted it, so that opening it does not block,
	 * is done by the calling thread and is logged at DEBUG
	 */
	Lifecycle(AbstractConnection<E> connection, TransportContext context, boolean accepted) {
		this.connection = connection;
		this.context = context;
		this.mailbox = new Mailbox(accepted ? null : context.mailboxes(), connection.logger);
		this.opener = accepted ? Runnable::run : context.mailboxes();
		this.log = new ConnectionLog(connection.logger, accepted);
		this.state = new LifecycleState(connection, context.nanoTime());
	}

	Mailbox mailbox() {
		return this.mailbox;
	}

	@Nullable E endpoint() {
		return this.endpoint;
	}

	ConnectionStatus status() {
		return this.state.status();
	}

	boolean await(ConnectionState state, Duration timeout) throws InterruptedException {
		return this.state.await(state, timeout);
	}

	void noteError(Throwable cause) {
		this.state.noted(cause);
		this.connection.counters().error(cause);
	}

	private void process(Runnable task) {
		this.mailbox.execute(() -> {
			try {
				task.run();
			}
			finally {
				publish();
			}
		});
	}

	private void publish() {
		this.connection.notices().tell();
		ConnectionStateChangedEvent event;
		while ((event = this.state.nextEvent()) != null) {
			this.context.observer().stateChanged(event);
		}
	}

	/**
	 * Open, and wait for the first attempt.
	 * @param timeout how long to wait
	 */
	void open(Duration timeout) {
		CompletableFuture<Void> outcome = startOpen();
		this.mailbox.await(() -> awaitOpen(outcome, timeout));
	}

	private void awaitOpen(CompletableFuture<Void> outcome, Duration timeout) {
		try {
			outcome.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			throw (cause instanceof ConnectionException exception) ? exception
					: this.connection.exception("cannot be opened: " + Errors.describe(cause), cause);
		}
		catch (TimeoutException ex) {
			throw new ConnectionTimeoutException(this.connection.getName(),
					"was not open after " + timeout.toSeconds() + "s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.connection.exception("cannot be opened: the thread was interrupted", ex);
		}
	}

	/**
	 * Open, and wait until the attempt has begun: callers open connections in an order.
	 * @return that of the attempt
	 */
	CompletableFuture<Void> startOpen() {
		CompletableFuture<Void> outcome = new CompletableFuture<>();
		CompletableFuture<Void> begun = new CompletableFuture<>();
		process(() -> {
			open(outcome);
			publish();
			begun.complete(null);
		});
		this.mailbox.await(() -> isDone(begun, BEGIN_TIMEOUT));
		return outcome;
	}

	private void open(CompletableFuture<Void> outcome) {
		if (this.endpoint != null) {
			outcome.complete(null);
			return;
		}
		try {
			Attempt attempt = (this.attempt != null) ? this.attempt : reopen();
			attempt.outcome().whenComplete((none, failure) -> {
				if (failure != null) {
					outcome.completeExceptionally(failure);
				}
				else {
					outcome.complete(null);
				}
			});
		}
		catch (Throwable ex) {
			outcome.completeExceptionally(this.connection.exception("cannot be opened: " + Errors.describe(ex), ex));
		}
	}

	private Attempt reopen() {
		this.context.observer().opening(this.connection);
		this.state.enabled(true);
		this.state.forgetFailures();
		return launch();
	}

	/**
	 * Make the next attempt, if the connection waits for one.
	 */
	void tryOpen() {
		process(() -> {
			if (isWaiting()) {
				launch();
			}
		});
	}

	private boolean isWaiting() {
		return status().enabled() && this.state.is(ConnectionState.CONNECTING) && this.attempt == null;
	}

	private Attempt launch() {
		Attempt attempt = new Attempt(this.cancelled);
		this.attempt = attempt;
		this.state.change(ConnectionState.CONNECTING, null);
		try {
			this.opener.execute(() -> make(attempt));
		}
		catch (Throwable ex) {
			finish(attempt, null, ex);
		}
		return attempt;
	}

	private void make(Attempt attempt) {
		E opened = null;
		Throwable failure = null;
		try {
			attempt.begin();
			this.connection.interceptors().resolve();
			opened = this.connection.openEndpoint();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		attempt.end();
		finish(attempt, opened, failure);
	}

	private void finish(Attempt attempt, @Nullable E opened, @Nullable Throwable failure) {
		process(() -> {
			if (this.attempt != attempt) {
				if (opened != null) {
					close(opened);
				}
			}
			else if (opened != null) {
				this.attempt = null;
				conclude(attempt, begin(opened, attempt));
			}
			else {
				this.attempt = null;
				failed(Objects.requireNonNull(failure));
				conclude(attempt, failure);
			}
			attempt.over().complete(null);
		});
	}

	/**
	 * Tell callers of {@code open}, which find the events published.
	 */
	private void conclude(Attempt attempt, @Nullable Throwable failure) {
		publish();
		if (failure != null) {
			attempt.outcome().completeExceptionally(failure);
		}
		else {
			attempt.outcome().complete(null);
		}
	}

	private @Nullable Throwable begin(E opened, Attempt attempt) {
		try {
			this.endpoint = opened;
			this.connection.counters().opened();
			this.state.connected(opened.getInterfaceName());
			this.context.observer().opened(this.connection);
			this.log.opened(this.connection.getType(), opened);
			// Before interceptors get messages
			this.connection.notices().tell();
			this.connection.endpointOpened(opened);
		}
		catch (Throwable ex) {
			// Nothing reads the socket, if only because there was no thread
			lose(opened, ex);
			return ex;
		}
		InterfaceChange missed = attempt.missed();
		if (missed != null) {
			check(opened, missed);
		}
		return null;
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
	 * Let go of a socket that broke.
	 * @param endpoint the socket
	 * @param cause why
	 * @return completes when the connection has let go of it
	 */
	CompletableFuture<Void> lost(E endpoint, Throwable cause) {
		Loss<E> pending = this.loss;
		if (this.endpoint != endpoint) {
			return CompletableFuture.completedFuture(null);
		}
		if (pending != null && pending.endpoint() == endpoint) {
			return pending.done();
		}
		Loss<E> loss = new Loss<>(endpoint, new CompletableFuture<>());
		this.loss = loss;
		process(() -> {
			lose(endpoint, cause);
			this.loss = null;
			loss.done().complete(null);
		});
		return loss.done();
	}

	private boolean lose(E endpoint, Throwable cause) {
		if (this.endpoint != endpoint) {
			return false;
		}
		release(endpoint, false);
		this.state.lost(cause);
		this.connection.counters().failed(cause);
		this.state.change(ConnectionState.DISCONNECTED, cause);
		boolean again = this.context.observer().failed(this.connection, cause);
		this.log.lost(cause, again);
		if (again) {
			this.state.change(ConnectionState.CONNECTING, cause);
		}
		return true;
	}

	private void release(E endpoint, boolean requested) {
		run(() -> this.connection.endpointClosing(endpoint, requested));
		close(endpoint);
		this.endpoint = null;
		run(this.connection::wake);
	}

	private void close(E endpoint) {
		try {
			endpoint.close();
		}
		catch (Throwable ex) {
			this.log.closingFailed(ex);
		}
	}

	private void run(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			this.log.closingFailed(ex);
		}
	}

	/**
	 * Let go of a socket, and open another one without the delay of the supervisor.
	 * @param endpoint the socket
	 * @param cause why
	 */
	void reopen(E endpoint, Throwable cause) {
		process(() -> {
			if (lose(endpoint, cause) && status().enabled()) {
				reopen();
			}
		});
	}

	/**
	 * Check what is open against the interfaces, and whether the next attempt may succeed
	 * now. Changes that come before that are checked as one.
	 */
	void interfacesChanged(InterfaceChange change) {
		if (this.changes.getAndAccumulate(change, (first, last) -> (first != null) ? first.and(last) : last) == null) {
			process(this::followInterfaces);
		}
	}

	private void followInterfaces() {
		InterfaceChange change = Objects.requireNonNull(this.changes.getAndSet(null));
		this.connection.checkOpening(change);
		E open = this.endpoint;
		if (open != null) {
			check(open, change);
		}
		else if (this.attempt != null) {
			this.attempt.changed(change);
		}
		else if (isWaiting() && this.connection.retriesImmediately(change)) {
			this.state.forgetFailures();
			this.context.observer().favoured(this.connection);
		}
	}

	private void check(E open, InterfaceChange change) {
		try {
			this.connection.checkEndpoint(open, change);
		}
		catch (IOException | BindingException ex) {
			lose(open, ex);
		}
	}

	/**
	 * Close, and wait for it.
	 * @throws ConnectionTimeoutException if a listener, interceptor or policy of the
	 * connection does not return, so that closing has not begun
	 */
	void close() {
		CompletableFuture<Void> begun = new CompletableFuture<>();
		CompletableFuture<Void> closed = new CompletableFuture<>();
		CompletableFuture<Void> published = new CompletableFuture<>();
		process(() -> {
			begun.complete(null);
			try {
				shut();
			}
			finally {
				closed.complete(null);
				publish();
				published.complete(null);
			}
		});
		this.mailbox.await(() -> {
			if (!isDone(begun, CLOSE_TIMEOUT)) {
				throw new ConnectionTimeoutException(this.connection.getName(),
						"was not closed after " + CLOSE_TIMEOUT.toSeconds()
								+ "s: a listener, interceptor or reconnect policy has not returned; "
								+ "it is closed after that");
			}
			closed.join();
			isDone(published, CLOSE_TIMEOUT);
		});
	}

	private static boolean isDone(CompletableFuture<?> future, Duration timeout) {
		boolean interrupted = false;
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			while (true) {
				try {
					future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
					return true;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				catch (ExecutionException | TimeoutException ex) {
					return future.isDone();
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void shut() {
		this.state.enabled(false);
		this.context.observer().closed(this.connection);
		Attempt attempt = this.attempt;
		if (attempt != null) {
			this.attempt = null;
			this.cancelled = this.cancelled.isDone() ? attempt.over()
					: CompletableFuture.allOf(this.cancelled, attempt.over());
			attempt.cancel();
			attempt.outcome().completeExceptionally(this.connection.exception("was closed while it was being opened"));
		}
		E open = this.endpoint;
		if (open != null) {
			this.state.change(ConnectionState.DISCONNECTING, null);
			release(open, true);
			this.log.closed();
		}
		else {
			run(this.connection::wake);
		}
		run(this.connection::closed);
		this.state.change(ConnectionState.DISCONNECTED, null);
	}

	/**
	 * A loss that waits to be processed.
	 */
	private record Loss<E extends Endpoint>(E endpoint, CompletableFuture<Void> done) {

	}

}
