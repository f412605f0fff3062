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
 * Why a message was lost.
 */
public enum DropReason {

	/**
	 * The receive queue was full.
	 */
	QUEUE_FULL,

	/**
	 * The kernel's receive buffer was full, or the checksum was wrong.
	 */
	KERNEL,

	/**
	 * It was longer than the maximum, and only its beginning was delivered.
	 */
	TRUNCATED,

	/**
	 * The codec could not decode it.
	 */
	CODEC,

	/**
	 * A {@link ConnectionInterceptor} swallowed it, or threw an exception.
	 */
	INTERCEPTOR,

	/**
	 * Its consumer threw an exception that nobody handled.
	 */
	CONSUMER,

	/**
	 * The connection was closed while it waited to be received.
	 */
	CLOSED,

	/**
	 * The network refused it.
	 */
	SEND_FAILED,

	/**
	 * It was accepted, and the connection was lost or closed before the kernel took it.
	 */
	NOT_SENT,

	/**
	 * It was longer than {@code framing.max-size}; its peer was closed, or it was not
	 * sent.
	 */
	OVERSIZE,

	/**
	 * It was not framed as {@code framing.type} says and its peer was closed, or it was
	 * to be sent and did not fit its frame.
	 */
	MALFORMED,

	/**
	 * Its peer was gone before its end.
	 */
	INCOMPLETE,

	/**
	 * Not a message but a client, which was closed at once: {@code clients.max} were
	 * connected.
	 */
	CLIENT_LIMIT,

	/**
	 * Not a message but a client, which was closed at once: its address is in none of
	 * {@code clients.allow}.
	 */
	CLIENT_NOT_ALLOWED,

	/**
	 * Not a message but a client, which was closed: nothing came from it and nothing went
	 * to it for {@code clients.idle-timeout}.
	 */
	CLIENT_IDLE,

	/**
	 * Not a message but a client, which was closed: nothing came from it for
	 * {@code heartbeat.timeout}.
	 */
	CLIENT_SILENT,

	/**
	 * A client of a listener failed the TLS handshake; it was closed before it could send
	 * anything.
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
