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
 * A stream, such as one of TCP, as frames: one that is connected to its remote, or one
 * that a {@link StreamListener} accepted.
 * <p>
 * What is sent goes through a queue that holds {@code send.capacity} frames or 4 MiB
 * until the kernel takes them. Frames that are lost from it are counted as
 * {@link DropReason#NOT_SENT} and go to the connection's error channel.
 */
public interface StreamConnection extends MessageConnection<byte[]> {

	/**
	 * Send a frame. Returns when it is in the queue, and waits while that is full.
	 * @param frame the bytes, copied
	 * @throws ConnectionException if the connection is not open or receive-only, is
	 * closed while waiting, or the thread was interrupted while waiting
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	void send(byte[] frame);

	/**
	 * Send a frame without waiting.
	 * @param frame the bytes, copied
	 * @return completes, on a worker thread, when the kernel took the frame, or
	 * exceptionally when it is lost or the queue is full
	 * @throws ConnectionException if the connection is not open or receive-only
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	CompletableFuture<Void> sendAsync(byte[] frame);

	/**
	 * Send the bytes of a file as one frame, without reading them into memory: the kernel
	 * takes them from the disk where nothing, such as TLS, has to change them. Returns
	 * when the kernel took all of them; other frames may be sent meanwhile, and follow.
	 * <p>
	 * With the framing {@code raw} the bytes are sent and nothing else, with
	 * {@code length} their number before them. The file is sent as long as it is at the
	 * call. If it becomes shorter meanwhile, or the connection is closed, the peer gets
	 * only the beginning, and the connection is lost.
	 * @param file the file, which is opened for reading only
	 * @throws ConnectionException if the connection is not open or receive-only, is lost
	 * meanwhile, the framing is another one, there are interceptors, the file cannot be
	 * read, or the thread was interrupted; a file whose sending had begun by then is sent
	 * all the same
	 * @throws io.mooring.codec.FrameException if with the framing {@code length} the file
	 * is longer than {@code framing.max-size}; nothing was sent
	 */
	void sendFile(Path file);

	/**
	 * Return who is on the other side of a Unix socket.
	 * @return the process, the user and the group that connected or, seen from a client,
	 * began to listen; {@code null} while not connected, for other types, and where the
	 * system does not tell (other than Linux)
	 */
	default @Nullable PeerCredentials getPeerCredentials() {
		return null;
	}

	/**
	 * Return the subject of the certificate that the other side showed in the TLS
	 * handshake, where it was verified.
	 * @return the distinguished name (RFC 2253) such as {@code CN=drone-7,O=Example};
	 * {@code null} while not connected, without TLS, and if it showed none
	 */
	default @Nullable String getPeerSubject() {
		return null;
	}

	/**
	 * Return whether the peer is still there. Looks, and takes no data; where the system
	 * cannot be asked (other than Linux) a peer that left while receiving is paused still
	 * counts as there.
	 * @return whether it is
	 */
	boolean isConnected();

}
