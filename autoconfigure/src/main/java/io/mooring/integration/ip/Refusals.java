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

package io.mooring.integration.ip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.tcp.connection.TcpListener;
import org.springframework.util.ClassUtils;

import io.mooring.ConnectionStatus;
import io.mooring.transport.internal.log.Errors;

/**
 * Exceptions for operations that connection factories over Mooring connections do not
 * support.
 */
final class Refusals {

	private Refusals() {
	}

	static void secondListener(Bridge bridge, @Nullable TcpListener present) {
		if (present != null) {
			throw new IllegalStateException("Connection factory '" + bridge.factoryName() + "' already has a listener, "
					+ ClassUtils.getShortName(ClassUtils.getUserClass(present)) + " " + present
					+ "; a connection factory takes one gateway or receiving adapter");
		}
	}

	static UnsupportedOperationException framing(Bridge bridge) {
		return new UnsupportedOperationException("Connection factory '" + bridge.factoryName()
				+ "' does not support serializers: messages are delimited by mooring.connections."
				+ bridge.connection().getName() + ".framing and converted by the mapper");
	}

	static UnsupportedOperationException address(Bridge bridge) {
		return new UnsupportedOperationException("Connection factory '" + bridge.factoryName()
				+ "' has fixed addresses: they are declared by mooring.connections." + bridge.connection().getName());
	}

	static void singleUse(Bridge bridge, boolean singleUse) {
		if (singleUse) {
			throw new UnsupportedOperationException("Connection factory '" + bridge.factoryName()
					+ "' does not support single use: its connections are those of the supervised connection '"
					+ bridge.connection().getName() + "'");
		}
	}

	static UncheckedIOException notOpen(String name, ConnectionStatus status) {
		Throwable error = status.lastError();
		IOException cause = new ConnectException("Connection '" + name + "' is not open (" + status.state() + ")"
				+ ((error != null) ? ": " + Errors.describe(error) : ""));
		cause.initCause(error);
		return new UncheckedIOException(cause);
	}

	/**
	 * Run an action, and a reset if it throws.
	 */
	static void startOrReset(Runnable start, Runnable reset) {
		try {
			start.run();
		}
		catch (RuntimeException ex) {
			reset.run();
			throw ex;
		}
	}

}
