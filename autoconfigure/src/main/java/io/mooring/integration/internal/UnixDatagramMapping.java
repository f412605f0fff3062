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

package io.mooring.integration.internal;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Ancillary;
import io.mooring.PeerCredentials;
import io.mooring.ReceivedDescriptor;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.integration.MooringHeaders;

/**
 * {@link MessageMapping} of Unix datagrams. Replies and forwarded messages still have the
 * descriptors and credentials of the original sender in their headers; this class decides
 * which of them are sent.
 */
class UnixDatagramMapping implements MessageMapping<UnixDatagram> {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

	private final UnixDatagramConnection connection;

	UnixDatagramMapping(UnixDatagramConnection connection) {
		this.connection = connection;
	}

	@Override
	public Message<byte[]> toMessage(UnixDatagram datagram) {
		Map<String, Object> headers = new HashMap<>();
		headers.put(MooringHeaders.CONNECTION, this.connection.getName());
		if (datagram.sender() != null) {
			headers.put(IpHeaders.PACKET_ADDRESS, datagram.sender());
		}
		if (!datagram.descriptors().isEmpty()) {
			headers.put(MooringHeaders.FILE_DESCRIPTORS, datagram.descriptors());
		}
		if (datagram.credentials() != null) {
			headers.put(MooringHeaders.CREDENTIALS, datagram.credentials());
		}
		return new GenericMessage<>(datagram.payload(), headers);
	}

	@Override
	public void send(byte[] payload, Message<?> message) {
		Ancillary ancillary = ancillary(message);
		SocketAddress recipient = recipient(message);
		if (recipient != null) {
			this.connection.send(payload, recipient, ancillary, SEND_TIMEOUT);
		}
		else if (isReply(message) && this.connection.getType().isListener()) {
			throw new MessageHandlingException(message, "Connection '" + this.connection.getName()
					+ "' cannot reply: the socket of the sender is unnamed. Bind it to a path or name, or set the header "
					+ MooringHeaders.RECIPIENT);
		}
		else {
			this.connection.send(payload, ancillary, SEND_TIMEOUT);
		}
	}

	private @Nullable SocketAddress recipient(Message<?> message) {
		Object chosen = message.getHeaders().get(MooringHeaders.RECIPIENT);
		if (chosen != null) {
			return address(message, MooringHeaders.RECIPIENT, chosen);
		}
		Object sender = message.getHeaders().get(IpHeaders.PACKET_ADDRESS);
		// The sender of a message received on another connection is not a recipient here
		return (sender != null && this.connection.getType().isListener()
				&& (isReply(message) || origin(message) == null)) ? address(message, IpHeaders.PACKET_ADDRESS, sender)
						: null;
	}

	private SocketAddress address(Message<?> message, String header, Object value) {
		try {
			return (value instanceof SocketAddress address) ? address : UnixPath.of(value.toString());
		}
		catch (IllegalArgumentException ex) {
			throw refuse(message, header, value, ex.getMessage());
		}
	}

	private Ancillary ancillary(Message<?> message) {
		Object descriptors = message.getHeaders().get(MooringHeaders.FILE_DESCRIPTORS);
		Object credentials = message.getHeaders().get(MooringHeaders.CREDENTIALS);
		if (descriptors == null && credentials == null) {
			return Ancillary.NONE;
		}
		Ancillary ancillary = (descriptors != null) ? descriptors(message, descriptors) : Ancillary.NONE;
		if (credentials == null) {
			return ancillary;
		}
		if (!(credentials instanceof PeerCredentials claimed)) {
			throw refuse(message, MooringHeaders.CREDENTIALS, credentials, "accepted is PeerCredentials");
		}
		// The kernel rejects credentials of another process
		return (origin(message) == null || claimed.pid() == ProcessHandle.current().pid())
				? ancillary.withCredentials(claimed) : ancillary;
	}

	private Ancillary descriptors(Message<?> message, Object value) {
		Collection<?> descriptors = (value instanceof Collection<?> collection) ? collection : List.of(value);
		try {
			return Ancillary
				.ofDescriptors(descriptors.stream().filter((descriptor) -> isSent(message, descriptor)).toList());
		}
		catch (IllegalArgumentException ex) {
			throw refuse(message, MooringHeaders.FILE_DESCRIPTORS, value, ex.getMessage());
		}
	}

	/**
	 * A reply does not return the received descriptors, and descriptors taken by the flow
	 * are not forwarded.
	 */
	private boolean isSent(Message<?> message, Object descriptor) {
		return !(descriptor instanceof ReceivedDescriptor received) || origin(message) == null
				|| (!isReply(message) && received.isOpen());
	}

	private boolean isReply(Message<?> message) {
		return this.connection.getName().equals(origin(message));
	}

	private static @Nullable Object origin(Message<?> message) {
		return message.getHeaders().get(MooringHeaders.CONNECTION);
	}

	private MessageHandlingException refuse(Message<?> message, String header, Object value, @Nullable String reason) {
		return new MessageHandlingException(message, "Connection '" + this.connection.getName()
				+ "' cannot send with the header " + header + " \"" + value + "\": " + reason);
	}

}
