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

package io.mooring.transport.stream.internal.listener;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.stream.internal.connection.Frame;
import io.mooring.transport.stream.internal.connection.FrameEncoder;

/**
 * Sends to one or to all clients of a listener. One that does not read holds up no other:
 * it is closed when its queue is full.
 */
final class ClientSender {

	private final ConnectionSpec spec;

	private final Clients clients;

	private final FrameEncoder encoder;

	ClientSender(ConnectionSpec spec, Clients clients, FrameEncoder encoder) {
		this.spec = spec;
		this.clients = clients;
		this.encoder = encoder;
	}

	/**
	 * Send to all clients.
	 * @param frame the message
	 */
	void send(byte[] frame) {
		if (!this.spec.get(FlowSettings.class).interceptors().isEmpty()) {
			sendIntercepted(frame);
			return;
		}
		Frame encoded = this.encoder.encode(frame);
		this.clients.all().forEach((client) -> sendIfThere(client, encoded));
	}

	private void sendIfThere(AcceptedStream client, Frame encoded) {
		try {
			client.sendOrClose(encoded);
		}
		catch (ConnectionException ex) {
			// It left just now; the others get the frame
			if (Thread.currentThread().isInterrupted()) {
				throw ex;
			}
		}
	}

	/**
	 * Send what may be another frame to each client. An interceptor that fails for one of
	 * them holds up no other.
	 */
	private void sendIntercepted(byte[] frame) {
		RuntimeException failure = null;
		for (AcceptedStream client : this.clients.all()) {
			Frame encoded = null;
			try {
				encoded = client.frame(frame);
			}
			catch (RuntimeException ex) {
				failure = (failure != null) ? failure : ex;
			}
			if (encoded != null) {
				sendIfThere(client, encoded);
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * Send to one client.
	 * @param frame the message
	 * @param connectionId the id of the client
	 * @throws ConnectionException if it is not there, or was closed as it does not read
	 */
	void send(byte[] frame, String connectionId) {
		AcceptedStream client = this.clients.get(connectionId);
		if (client == null) {
			throw exception("has no client '" + connectionId + "', or has it no more");
		}
		Frame encoded = client.frame(frame);
		if (encoded != null && !client.sendOrClose(encoded)) {
			throw exception("has closed " + client.peer() + ", which does not read: "
					+ this.spec.get(SendSettings.class).capacity() + " frames or 4 MiB wait for it (send.capacity)");
		}
	}

	private ConnectionException exception(String message) {
		return new ConnectionException(this.spec.name(), message, null);
	}

}
