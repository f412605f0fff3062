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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.messaging.Message;

import io.mooring.Connection;
import io.mooring.codec.CodecException;
import io.mooring.transport.internal.concurrent.Shutdown;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrameSource;

/**
 * Inbound channel adapter that sends received messages to a channel, on the receiving
 * thread. It is attached to the connection while it runs and the channel, if created by
 * Mooring, has subscribers, unless the listener of a connection factory claims the
 * messages.
 */
class ConnectionInboundChannelAdapter extends MessageProducerSupport {

	private final @Nullable PeerFrameSource frames;

	private final AttachmentSwitch<?> attachment;

	private final Payloads payloads;

	private @Nullable ConnectionInboundChannel channel;

	private InboundClaim claim = new InboundClaim();

	private Shutdown shutdown = new Shutdown(Duration.ofSeconds(30));

	ConnectionInboundChannelAdapter(Connection connection, String owner, Payloads payloads) {
		this.payloads = payloads;
		this.frames = (connection instanceof PeerFrameSource source) ? source : null;
		MessageMapping<?> mapping = MessageMapping.of(connection);
		this.attachment = attachment(source(connection), mapping, owner);
		payloads.reportFailures(mapping);
	}

	private static MessageSource<?> source(Connection connection) {
		if (connection instanceof PeerFrameSource frames) {
			return frames.peerFrames();
		}
		if (connection instanceof MessageSource<?> source) {
			return source;
		}
		throw new IllegalArgumentException("Connection '" + connection.getName() + "' is not a MessageSource");
	}

	@SuppressWarnings("unchecked")
	private <M> AttachmentSwitch<M> attachment(MessageSource<?> source, MessageMapping<M> mapping, String owner) {
		return new AttachmentSwitch<>((MessageSource<M>) source, owner, (received) -> receive(mapping, received),
				() -> isActive() && !this.claim.isHeld() && isConsumed());
	}

	private boolean isConsumed() {
		return this.channel == null || this.channel.hasSubscribers();
	}

	private <M> boolean receive(MessageMapping<M> mapping, M received) {
		ConnectionInboundChannel channel = this.channel;
		if (channel != null && !channel.enter()) {
			return false;
		}
		try {
			receive(mapping, mapping.toMessage(received));
			return true;
		}
		finally {
			if (channel != null) {
				channel.exit();
			}
		}
	}

	private void receive(MessageMapping<?> mapping, Message<byte[]> received) {
		Message<?> message;
		try {
			message = this.payloads.decode(received);
		}
		catch (CodecException ex) {
			// Already counted and reported
			return;
		}
		sendMessage(prepare(mapping, message));
	}

	/**
	 * Prepare a received message for the channel.
	 * @param mapping the mapping of the connection
	 * @param message the decoded message
	 * @return the message to send
	 */
	Message<?> prepare(MessageMapping<?> mapping, Message<?> message) {
		return message;
	}

	Payloads payloads() {
		return this.payloads;
	}

	/**
	 * Set a channel created by Mooring, to which messages are sent while it has
	 * subscribers.
	 * @param channel the channel
	 */
	void setOutputChannel(ConnectionInboundChannel channel) {
		super.setOutputChannel(channel);
		this.channel = channel;
		channel.setListener(this::subscribersChanged);
	}

	/**
	 * Set the claim of the connection factory, which takes precedence.
	 * @param claim the claim
	 */
	void setClaim(InboundClaim claim) {
		this.claim = claim;
		claim.setListener(this::claimChanged);
	}

	/**
	 * Set the shutdown of the application, to distinguish it from a stop of this adapter.
	 * @param shutdown the shutdown
	 */
	void setShutdown(Shutdown shutdown) {
		this.shutdown = shutdown;
	}

	private void claimChanged() {
		if (isActive()) {
			reportClaim();
			this.attachment.update();
		}
	}

	private void reportClaim() {
		if (this.claim.isHeld() && isConsumed()) {
			this.logger.warn(() -> getComponentName()
					+ " yields: until it is stopped, the messages go to the listener of the connection factory");
		}
	}

	private void subscribersChanged() {
		// While stopping, only stop() waits for a flow that does not return
		if (isActive()) {
			reportClaim();
			this.attachment.update();
		}
	}

	@Override
	public String getComponentType() {
		return "mooring:inbound-channel-adapter";
	}

	@Override
	protected void doStart() {
		reportClaim();
		this.attachment.update();
		if (this.frames != null && !this.claim.isHeld()) {
			this.frames.startReading();
		}
	}

	/**
	 * Detach, so that other consumers can receive from the connection. On shutdown, stop
	 * reading and deliver messages already read.
	 */
	@Override
	protected void doStop() {
		if (!this.shutdown.isUnderWay()) {
			this.attachment.update();
		}
		else if (this.frames == null) {
			this.attachment.update(this.shutdown.timeout());
		}
		else if (this.attachment.isAttached()) {
			this.frames.stopReading(this.shutdown.timeout());
		}
	}

	/**
	 * Stop asynchronously, so that the shutdown timeout applies to a flow that does not
	 * return.
	 */
	@Override
	protected void doStop(Runnable callback) {
		Thread thread = new Thread(() -> {
			try {
				doStop();
			}
			finally {
				callback.run();
			}
		}, getComponentName() + "-stop");
		thread.setDaemon(true);
		thread.start();
	}

}
