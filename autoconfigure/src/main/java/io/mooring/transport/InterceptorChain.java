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

import java.util.List;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionInterceptor;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.receive.InterceptionFailureSource.InterceptionFailureListener;

/**
 * Chain of the interceptors of a connection, or of a listener with its clients, from the
 * network to the application.
 */
final class InterceptorChain {

	private final List<String> names;

	private final NamedBeans beans;

	private final Log logger;

	private volatile @Nullable List<ConnectionInterceptor> interceptors;

	private volatile @Nullable InterceptionFailureListener failureListener;

	InterceptorChain(List<String> names, NamedBeans beans, Log logger) {
		this.names = names;
		this.beans = beans;
		this.logger = logger;
	}

	boolean isEmpty() {
		return this.names.isEmpty();
	}

	void setFailureListener(@Nullable InterceptionFailureListener listener) {
		this.failureListener = listener;
	}

	/**
	 * Look up the interceptors, once. Not in the constructor, since the connection may be
	 * injected into an interceptor.
	 */
	List<ConnectionInterceptor> resolve() {
		List<ConnectionInterceptor> interceptors = this.interceptors;
		return (interceptors != null) ? interceptors
				: keep(this.names.stream().map((name) -> this.beans.get(name, ConnectionInterceptor.class)).toList());
	}

	/**
	 * Keep the first result, since beans must not be created under a lock.
	 */
	private synchronized List<ConnectionInterceptor> keep(List<ConnectionInterceptor> found) {
		List<ConnectionInterceptor> interceptors = this.interceptors;
		if (interceptors == null) {
			this.interceptors = found;
			return found;
		}
		return interceptors;
	}

	/**
	 * Pass a received message.
	 * @return the message to deliver, {@code null} if it was discarded
	 * @throws ConnectionException if an interceptor failed
	 */
	byte @Nullable [] received(Connection connection, byte[] message) {
		List<ConnectionInterceptor> interceptors = resolve();
		byte[] passed = message;
		for (int i = 0; i < interceptors.size() && passed != null; i++) {
			try {
				passed = interceptors.get(i).received(connection, passed);
			}
			catch (Throwable ex) {
				// Reading continues after any failure of an interceptor
				throw failed(connection, i, ex);
			}
			finally {
				Thread.interrupted();
			}
		}
		return passed;
	}

	/**
	 * Pass a message to send.
	 * @return the message to send, {@code null} if it was discarded
	 * @throws ConnectionException if an interceptor failed
	 */
	byte @Nullable [] sending(Connection connection, byte[] message) {
		List<ConnectionInterceptor> interceptors = resolve();
		byte[] passed = message;
		for (int i = interceptors.size() - 1; i >= 0 && passed != null; i--) {
			try {
				passed = interceptors.get(i).sending(connection, passed);
			}
			catch (RuntimeException ex) {
				throw failed(connection, i, ex);
			}
		}
		return passed;
	}

	private ConnectionException failed(Connection connection, int index, Throwable cause) {
		return new ConnectionException(connection.getName(),
				"the interceptor " + this.names.get(index) + " failed: " + Errors.describe(cause), cause);
	}

	/**
	 * Report a received message for which an interceptor failed.
	 */
	void report(Object message, Throwable cause) {
		InterceptionFailureListener listener = this.failureListener;
		if (listener != null) {
			listener.failed(message, cause);
		}
		else {
			this.logger.warn("A message was lost", cause);
		}
	}

	void stateChanged(ConnectionStateChangedEvent event) {
		List<ConnectionInterceptor> interceptors;
		try {
			interceptors = resolve();
		}
		catch (RuntimeException ex) {
			// The opening fails with it
			return;
		}
		for (ConnectionInterceptor interceptor : interceptors) {
			try {
				interceptor.stateChanged(event);
			}
			catch (Throwable ex) {
				this.logger.error("An interceptor failed on a change of state to " + event.current(), ex);
			}
		}
	}

}
