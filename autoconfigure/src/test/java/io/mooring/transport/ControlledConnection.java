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
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.mooring.ConnectionSpec;
import io.mooring.binding.InterfaceChange;

/**
 * A connection whose sockets are none, and which a test fails at will.
 */
final class ControlledConnection extends AbstractConnection<Endpoint> {

	final AtomicInteger openSockets = new AtomicInteger();

	volatile Callable<Endpoint> opener = () -> {
		this.openSockets.incrementAndGet();
		return new NoSocket(this.openSockets::decrementAndGet);
	};

	volatile Consumer<Boolean> closing = (requested) -> {
	};

	volatile Runnable closed = () -> {
	};

	ControlledConnection(ConnectionSpec spec, TransportContext context) {
		super(spec, context);
	}

	void lose() {
		Endpoint endpoint = endpoint();
		if (endpoint != null) {
			lost(endpoint, new IOException("lost by the test"));
		}
	}

	@Override
	protected Endpoint openEndpoint() throws IOException {
		try {
			return this.opener.call();
		}
		catch (IOException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	protected boolean retriesImmediately(InterfaceChange change) {
		return true;
	}

	@Override
	protected void endpointOpened(Endpoint endpoint) {
	}

	@Override
	protected void endpointClosing(Endpoint endpoint, boolean requested) {
		this.closing.accept(requested);
	}

	@Override
	protected void released() {
	}

	@Override
	protected void closed() {
		this.closed.run();
	}

}
