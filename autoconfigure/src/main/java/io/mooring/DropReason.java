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

package io.mooring;

import java.util.Locale;

/**
 * Reason why a message was dropped or a client was disconnected.
 */
public enum DropReason {

	/**
	 * The receive queue was full.
	 */
	QUEUE_FULL,

	/**
	 * The receive buffer of the kernel was full, or the checksum was wrong.
	 */
	KERNEL,

	/**
	 * The datagram was longer than {@code receive.max-size} and was delivered truncated.
	 */
	TRUNCATED,

	/**
	 * The codec could not decode the message.
	 */
	CODEC,

	/**
	 * A {@link ConnectionInterceptor} discarded the message or threw an exception.
	 */
	INTERCEPTOR,

	/**
	 * The consumer threw an exception that was not handled.
	 */
	CONSUMER,

	/**
	 * The connection was closed before the message was received.
	 */
	CLOSED,

	/**
	 * The network rejected the message.
	 */
	SEND_FAILED,

	/**
	 * The connection was lost or closed after the message was accepted and before the
	 * kernel accepted it.
	 */
	NOT_SENT,

	/**
	 * The frame was longer than {@code framing.max-size}. If it was received, the peer
	 * was disconnected.
	 */
	OVERSIZE,

	/**
	 * The frame did not conform to {@code framing.type}. If it was received, the peer was
	 * disconnected.
	 */
	MALFORMED,

	/**
	 * The peer disconnected before the end of the frame.
	 */
	INCOMPLETE,

	/**
	 * A client was disconnected immediately because {@code clients.max} clients were
	 * connected.
	 */
	CLIENT_LIMIT,

	/**
	 * A client was disconnected immediately because its address is not in
	 * {@code clients.allow}.
	 */
	CLIENT_NOT_ALLOWED,

	/**
	 * A client was disconnected because no data was exchanged for
	 * {@code clients.idle-timeout}.
	 */
	CLIENT_IDLE,

	/**
	 * A client was disconnected because no data was received for
	 * {@code heartbeat.timeout}.
	 */
	CLIENT_SILENT,

	/**
	 * A client was disconnected because the TLS handshake failed.
	 */
	HANDSHAKE;

	/**
	 * Return the value of the meter tag {@code reason}.
	 * @return the name in lower case with dashes
	 */
	public String getId() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
