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

package io.mooring.transport.stream.internal.tls;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.mooring.ConnectionSpec;
import io.mooring.transport.TransportContext;
import io.mooring.transport.settings.SslSettings;

/**
 * Puts TLS between the channels of one connection and their frames.
 */
public final class Tls {

	private final TlsEngines engines;

	private final TlsTasks tasks;

	private final Duration handshakeTimeout;

	private Tls(TlsEngines engines, TlsTasks tasks, Duration handshakeTimeout) {
		this.engines = engines;
		this.tasks = tasks;
		this.handshakeTimeout = handshakeTimeout;
	}

	/**
	 * Prepare TLS for a connection.
	 * @param spec what it is
	 * @param context has the bundles
	 * @return what does it, {@code null} if the spec asks for none
	 * @throws IllegalArgumentException if there is no such bundle
	 */
	public static @Nullable Tls of(ConnectionSpec spec, TransportContext context) {
		SslSettings ssl = spec.get(SslSettings.class);
		return ssl.isEnabled() ? new Tls(new TlsEngines(ssl, spec, context.tlsBundles()),
				context.resources().get(TlsTasks.class, TlsTasks::new), ssl.handshakeTimeout()) : null;
	}

	/**
	 * Begin the handshake. Must be called by the event loop of the channel.
	 * @param channel the channel, of which nothing was read yet
	 * @param handshake is told how it ended, on the event loop
	 */
	void start(Channel channel, Handshake handshake) {
		if (!channel.isActive()) {
			// Gone already, of which no handler would be told
			handshake.failed(new ClosedChannelException(), false);
			return;
		}
		SSLEngine engine;
		try {
			engine = this.engines.next();
		}
		catch (RuntimeException ex) {
			channel.close();
			handshake.failed(ex, false);
			return;
		}
		TlsLayer layer = new TlsLayer(engine, this.tasks.executor, this.handshakeTimeout);
		// It begins, and may end, as it is added
		channel.pipeline().addLast(new TlsHandler(layer, handshake));
		channel.pipeline().addFirst(layer);
	}

	/**
	 * Do the handshake of a client and wait for it.
	 * @param <T> what is made
	 * @param channel the connected channel, of which nothing was read yet
	 * @param remote what to call the other side
	 * @param open makes something of the channel once the handshake is done, on its event
	 * loop and before anything is read, with what was agreed on
	 * @return what was made
	 * @throws IOException if the handshake failed, saying why; the channel is closed then
	 * @throws InterruptedException if the thread was interrupted; the channel is closed
	 * then
	 */
	public <T> T connect(Channel channel, Object remote, Function<SSLSession, T> open)
			throws IOException, InterruptedException {
		CompletableFuture<T> outcome = new CompletableFuture<>();
		Handshake handshake = new Handshake() {

			@Override
			public void done(SSLSession session) {
				try {
					outcome.complete(open.apply(session));
				}
				catch (RuntimeException ex) {
					channel.close();
					outcome.completeExceptionally(ex);
				}
			}

			@Override
			public void failed(Throwable cause, boolean begun) {
				outcome.completeExceptionally(cause);
			}

		};
		channel.eventLoop().execute(() -> start(channel, handshake));
		try {
			return outcome.get();
		}
		catch (InterruptedException ex) {
			channel.close();
			throw ex;
		}
		catch (ExecutionException ex) {
			throw new IOException("cannot connect to " + remote + ": " + TlsFailures.describe(ex), ex.getCause());
		}
	}

	/**
	 * Is told how a handshake ended. Called by the event loop.
	 */
	interface Handshake {

		/**
		 * It is done, and nothing has been read yet.
		 * @param session what was agreed on
		 */
		void done(SSLSession session);

		/**
		 * It failed, and the channel is being closed.
		 * @param cause why
		 * @param begun whether the peer had begun with it
		 */
		void failed(Throwable cause, boolean begun);

	}

	/**
	 * Threads for the tasks of handshakes, which compute keys and call trust managers,
	 * which may be user code. Their number is bounded; a handshake has at most one task
	 * that waits for them.
	 */
	private static final class TlsTasks implements AutoCloseable {

		private static final int THREADS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

		private final ThreadPoolExecutor executor;

		TlsTasks() {
			CustomizableThreadFactory threads = new CustomizableThreadFactory("mooring-tls-");
			threads.setDaemon(true);
			this.executor = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
					threads);
			this.executor.allowCoreThreadTimeOut(true);
		}

		@Override
		public void close() {
			this.executor.shutdownNow();
		}

	}

}
