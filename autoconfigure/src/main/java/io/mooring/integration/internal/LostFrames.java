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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.transport.internal.receive.SendLossSource.SendLossListener;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Listener that sends accepted but lost frames to an error channel, as the failed message
 * of a {@link MessageDeliveryException}.
 */
class LostFrames implements SendLossListener {

	private static final Log logger = LogFactory.getLog(LostFrames.class);

	private final Connection connection;

	private final MessageChannel errorChannel;

	private final PeerHeaders headers;

	LostFrames(Connection connection, MessageChannel errorChannel) {
		this.connection = connection;
		this.errorChannel = errorChannel;
		this.headers = new PeerHeaders(connection.getName());
	}

	@Override
	public void lost(byte[] payload, StreamPeer peer, Throwable cause) {
		Message<byte[]> message = new GenericMessage<>(payload, this.headers.headers(peer));
		try {
			this.errorChannel
				.send(new ErrorMessage(new MessageDeliveryException(message, "Connection '" + this.connection.getName()
						+ "' lost a frame that it had accepted: " + cause.getMessage(), cause)));
		}
		catch (Throwable ex) {
			logger.error("Failed to report a lost frame of connection '" + this.connection.getName() + "'", ex);
		}
	}

}
