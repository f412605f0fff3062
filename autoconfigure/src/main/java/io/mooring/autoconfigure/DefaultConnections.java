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

package io.mooring.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.Connections;
import io.mooring.StreamConnection;
import io.mooring.autoconfigure.properties.ConnectionDeclarations;
import io.mooring.autoconfigure.properties.LoadedConnections;
import io.mooring.autoconfigure.properties.TransportFactories;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.settings.ConnectSettings;

/**
 * Default implementation of {@link Connections}.
 */
final class DefaultConnections implements Connections {

	private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private final RuntimeDeclarations runtime;

	private final BeanFactory beanFactory;

	private final ConnectionDeclarations declarations;

	private final Consumer<LoadedConnections> references;

	private final TransportFactories transports;

	private final TransportContext context;

	private final AtomicInteger created = new AtomicInteger();

	DefaultConnections(RuntimeDeclarations runtime, BeanFactory beanFactory, ConnectionDeclarations declarations,
			Consumer<LoadedConnections> references, TransportFactories transports, TransportContext context) {
		this.runtime = runtime;
		this.beanFactory = beanFactory;
		this.declarations = declarations;
		this.references = references;
		this.transports = transports;
		this.context = context;
	}

	@Override
	public Connection get(String name) {
		String declared = this.runtime.find(name);
		try {
			if (declared != null) {
				return this.beanFactory.getBean(declared, Connection.class);
			}
		}
		catch (NoSuchBeanDefinitionException ex) {
			if (names().contains(declared)) {
				throw ex;
			}
			// Removed concurrently
		}
		throw new IllegalArgumentException("Connection '" + name + "' does not exist; declared are " + names());
	}

	@Override
	public <C extends Connection> C get(String name, Class<C> kind) {
		Connection connection = get(name);
		if (!kind.isInstance(connection)) {
			throw new IllegalArgumentException(
					"Connection '" + connection.getName() + "' is of type " + connection.getType() + ", a "
							+ connection.getType().getBeanType().getSimpleName() + ", not a " + kind.getSimpleName());
		}
		return kind.cast(connection);
	}

	@Override
	public Set<String> names() {
		return this.runtime.names();
	}

	@Override
	public Connection declare(String name, ConnectionSpec spec) {
		return this.runtime.declare(checked(this.declarations.declare(spec.withName(name))));
	}

	@Override
	public Connection declare(String name, String url) {
		return this.runtime.declare(checked(this.declarations.declare(name, url)));
	}

	@Override
	public boolean remove(String name) {
		return this.runtime.remove(name);
	}

	@Override
	public Connection create(String url) {
		return this.transports.create(spec(url), this.context);
	}

	private ConnectionSpec spec(String url) {
		String scheme = url.replaceFirst("[^A-Za-z0-9-].*", "");
		return checked(this.declarations.create(scheme + "-" + this.created.incrementAndGet(), url));
	}

	private ConnectionSpec checked(LoadedConnections loaded) {
		this.references.accept(loaded);
		return loaded.specs().get(0);
	}

	@Override
	public StreamConnection connect(String url, @Nullable Duration timeout, int retries) {
		CompletableFuture<StreamConnection> connected = connectAsync(url, timeout, retries);
		try {
			return connected.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof ConnectionException failure) ? failure
					: new ConnectionException(url, "failed to open", ex.getCause());
		}
		catch (InterruptedException ex) {
			connected.cancel(false);
			Thread.currentThread().interrupt();
			throw new ConnectionException(url, "failed to open: the thread was interrupted", ex);
		}
	}

	@Override
	public CompletableFuture<StreamConnection> connectAsync(String url, @Nullable Duration timeout, int retries) {
		ConnectionSpec spec = streamSpec(url);
		CompletableFuture<StreamConnection> connected = new CompletableFuture<>();
		connect(connected, spec, timeout, (timeout != null) ? retries : 0);
		return connected;
	}

	private ConnectionSpec streamSpec(String url) {
		ConnectionSpec spec = spec(url);
		if (!StreamConnection.class.isAssignableFrom(spec.type().getBeanType())) {
			throw new IllegalArgumentException("URL \"" + url + "\" is of type " + spec.type() + ", a "
					+ spec.type().getBeanType().getSimpleName() + ", not a stream client");
		}
		return spec;
	}

	/**
	 * Make an attempt, and further ones with twice the timeout of the previous one. A
	 * connection that opens after the caller has cancelled or timed out is closed.
	 */
	private void connect(CompletableFuture<StreamConnection> connected, ConnectionSpec spec, @Nullable Duration timeout,
			int retries) {
		Duration limit = (timeout != null) ? min(timeout, MAX_CONNECT_TIMEOUT)
				: spec.get(ConnectSettings.class).connectTimeout();
		SupervisedConnection connection = this.transports.create(spec.with(new ConnectSettings(limit)), this.context);
		connected.whenComplete((winner, failure) -> {
			if (winner != connection) {
				connection.close();
			}
		});
		connection.startOpen().whenComplete((none, failure) -> {
			if (failure == null) {
				connected.complete((StreamConnection) connection);
			}
			else if (retries > 0 && timeout != null && !connected.isDone()) {
				connection.close();
				connect(connected, spec, timeout.multipliedBy(2), retries - 1);
			}
			else {
				connected
					.completeExceptionally((failure instanceof ConnectionException) ? failure : new ConnectionException(
							connection.getName(), "failed to open: " + Errors.describe(failure), failure));
			}
		});
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	@Override
	public int findFreePort(InetAddress address) {
		try (ServerSocket socket = new ServerSocket(0, 1, address)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(
					"Failed to find a free port on " + address.getHostAddress() + ": " + ex.getMessage(), ex);
		}
	}

}
