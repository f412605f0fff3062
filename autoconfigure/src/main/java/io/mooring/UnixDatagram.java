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

import java.net.SocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A received Unix datagram. Callers of {@code receive} and subscribers close it; for
 * other consumers it is closed when they return.
 *
 * @param payload the payload, possibly empty; not copied
 * @param sender the address of the sender, {@code null} if it is unnamed and cannot be
 * replied to
 * @param descriptors the received file descriptors; empty unless
 * {@code receive.descriptors} is enabled
 * @param credentials the credentials of the sender, {@code null} unless
 * {@code receive.credentials} is enabled
 * @param truncated whether the datagram was longer than {@code receive.max-size} and has
 * been truncated to it
 * @param controlTruncated whether the operating system discarded ancillary data:
 * descriptors that were not enabled, did not fit into {@code receive.ancillary-size}, or
 * exceed the limit of the process (MSG_CTRUNC, recvmsg(2))
 */
public record UnixDatagram(byte[] payload, @Nullable SocketAddress sender, List<ReceivedDescriptor> descriptors,
		@Nullable PeerCredentials credentials, boolean truncated, boolean controlTruncated) implements AutoCloseable {

	/**
	 * Close the descriptors that were not taken. Does nothing if they are closed.
	 */
	@Override
	public void close() {
		this.descriptors.forEach(ReceivedDescriptor::close);
	}

}
