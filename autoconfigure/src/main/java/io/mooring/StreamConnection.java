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

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Framed stream connection, such as TCP: connected to a remote, or accepted by a
 * {@link StreamListener}.
 * <p>
 * Sent frames wait in a write queue of at most {@code send.capacity} frames and 4 MiB
 * until the kernel accepts them. Frames lost from that queue are counted as
 * {@link DropReason#NOT_SENT} and go to the error channel of the connection.
 */
public interface StreamConnection extends MessageConnection<byte[]> {

	/**
	 * Send a frame. Returns when the frame is in the write queue, and blocks while that
	 * is full or sending is paused.
	 * @param frame the payload of the frame, copied
	 * @throws ConnectionException if the connection is not open, is receive-only or is
	 * closed while waiting, or the thread was interrupted while waiting
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	void send(byte[] frame);

	/**
	 * Send a frame asynchronously, without blocking.
	 * @param frame the payload of the frame, copied
	 * @return a future that is completed on a worker thread when the kernel has accepted
	 * the frame, and fails if the frame is lost or the write queue is full
	 * @throws ConnectionException if the connection is not open or is receive-only
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	CompletableFuture<Void> sendAsync(byte[] frame);

	/**
	 * Send a file as one frame, without reading it into memory; without TLS the kernel
	 * copies the file directly (sendfile(2)). Returns when the kernel has accepted the
	 * whole file. Frames sent concurrently follow it.
	 * <p>
	 * Only the framings {@code raw} (the bytes alone) and {@code length} (preceded by the
	 * length) are supported. The length of the file is determined at the call. If the
	 * file is truncated or the connection is closed while sending, the peer gets only the
	 * beginning, and the connection is lost.
	 * @param file the file, opened read-only
	 * @throws ConnectionException if the connection is not open, is receive-only, has
	 * another framing or interceptors, or is lost while sending, if the file cannot be
	 * read, or if the thread was interrupted; after an interrupt, a transfer in progress
	 * continues
	 * @throws io.mooring.codec.FrameException if with the framing {@code length} the file
	 * is longer than {@code framing.max-size}; nothing was sent
	 */
	void sendFile(Path file);

	/**
	 * Return the credentials of the peer of a Unix socket.
	 * @return the credentials of the process that connected or, on a client, listened;
	 * {@code null} while not connected, for other types, and on systems other than Linux
	 */
	default @Nullable PeerCredentials getPeerCredentials() {
		return null;
	}

	/**
	 * Return the subject of the verified TLS certificate of the peer.
	 * @return the distinguished name (RFC 2253) such as {@code CN=drone-7,O=Example};
	 * {@code null} while not connected, without TLS, and if the peer presented no
	 * certificate
	 */
	default @Nullable String getPeerSubject() {
		return null;
	}

	/**
	 * Return whether the peer is connected. Does not consume data. On systems other than
	 * Linux, a disconnect is not detected while receiving is paused.
	 * @return whether the peer is connected
	 */
	boolean isConnected();

}
