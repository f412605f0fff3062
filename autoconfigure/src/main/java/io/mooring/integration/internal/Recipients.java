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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessageHeaders;

import io.mooring.integration.MooringHeaders;

/**
 * Parser for the recipients in message headers.
 */
final class Recipients {

	private static final Pattern ADDRESS = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})");

	private Recipients() {
	}

	/**
	 * Return the explicit recipient.
	 * @param message a message with {@link MooringHeaders#RECIPIENT}
	 * @param connection the name of the connection, for errors
	 * @return the recipient
	 */
	static SocketAddress chosen(Message<?> message, String connection) {
		return address(message, connection, MooringHeaders.RECIPIENT);
	}

	/**
	 * Return the sender of the original message, by the headers of spring-integration-ip.
	 * @param message a message
	 * @param connection the name of the connection, for errors
	 * @return the recipient, {@code null} if the headers do not specify one
	 */
	static @Nullable SocketAddress sender(Message<?> message, String connection) {
		MessageHeaders headers = message.getHeaders();
		if (headers.containsKey(IpHeaders.PACKET_ADDRESS)) {
			return address(message, connection, IpHeaders.PACKET_ADDRESS);
		}
		Object port = headers.get(IpHeaders.PORT);
		if (port == null) {
			return null;
		}
		String hostHeader = headers.containsKey(IpHeaders.IP_ADDRESS) ? IpHeaders.IP_ADDRESS : IpHeaders.HOSTNAME;
		Object host = headers.get(hostHeader);
		if (host == null) {
			return null;
		}
		try {
			return resolve(message, connection, hostHeader, host.toString(), Integer.parseInt(port.toString()));
		}
		catch (NumberFormatException ex) {
			throw refuse(message, connection, IpHeaders.PORT, port, "the port is not a number");
		}
	}

	private static SocketAddress address(Message<?> message, String connection, String header) {
		Object value = message.getHeaders().get(header);
		if (value instanceof InetSocketAddress address && address.isUnresolved()) {
			return resolve(message, connection, header, address.getHostString(), address.getPort());
		}
		if (value instanceof SocketAddress address) {
			return address;
		}
		Matcher matcher = ADDRESS.matcher(String.valueOf(value));
		if (!matcher.matches()) {
			throw refuse(message, connection, header, value,
					"accepted are a SocketAddress, and a String of the form host:port or [IPv6 address]:port");
		}
		String host = (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
		return resolve(message, connection, header, host, Integer.parseInt(matcher.group(3)));
	}

	private static SocketAddress resolve(Message<?> message, String connection, String header, String host, int port) {
		if (port < 1 || port > 65535) {
			throw refuse(message, connection, header, host + ":" + port, "the port is not in the range 1 to 65535");
		}
		InetSocketAddress address = new InetSocketAddress(host, port);
		if (address.isUnresolved()) {
			throw refuse(message, connection, header, host + ":" + port, "the host name cannot be resolved");
		}
		return address;
	}

	private static MessageHandlingException refuse(Message<?> message, String connection, String header,
			@Nullable Object value, String reason) {
		return new MessageHandlingException(message, "Connection '" + connection + "' cannot send to the header "
				+ header + " \"" + value + "\": " + reason);
	}

}
