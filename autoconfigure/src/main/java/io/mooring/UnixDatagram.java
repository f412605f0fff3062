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
 * A received Unix datagram. Who got it from {@code receive} or a publisher closes it; for
 * a channel adapter or another consumer that is done when it returns.
 *
 * @param payload the bytes, possibly none: an empty datagram is a datagram. Not copied
 * @param sender the address that it came from, {@code null} if the sender has none and
 * cannot be replied to
 * @param descriptors the file descriptors that came with it, if
 * {@code receive.descriptors} is on
 * @param credentials who sent it, {@code null} unless {@code receive.credentials} is on
 * @param truncated whether it was longer than {@code receive.max-size}, so that only its
 * beginning is here
 * @param controlTruncated whether the system dropped ancillary data: descriptors that
 * were not asked for, did not fit into {@code receive.ancillary-size}, or exceed the
 * limit of the process (MSG_CTRUNC, recvmsg(2))
 */
public record UnixDatagram(byte[] payload, @Nullable SocketAddress sender, List<ReceivedDescriptor> descriptors,
		@Nullable PeerCredentials credentials, boolean truncated, boolean controlTruncated) implements AutoCloseable {

	/**
	 * Close the descriptors that nobody took. Does nothing the second time.
	 */
	@Override
	public void close() {
		this.descriptors.forEach(ReceivedDescriptor::close);
	}

}
