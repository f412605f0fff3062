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

package io.mooring.transport.internal.receive;

import java.util.Collection;

/**
 * A connection over streams whose peers can be told apart: a listener has many at a time,
 * a client one, and another one after each reopening.
 */
public interface PeerSource extends PeerFrameSource {

	/**
	 * Return the peers that are connected.
	 * @return a copy
	 */
	Collection<StreamPeer> getPeers();

	/**
	 * Return whether a peer is connected.
	 * @param peer the peer
	 * @return whether it is
	 */
	boolean isOpen(StreamPeer peer);

	/**
	 * Send a frame to one peer and to no other that came after it.
	 * @param frame the bytes, copied
	 * @param peer the peer
	 * @throws io.mooring.ConnectionException if the peer is gone or the connection is
	 * receive-only
	 * @throws io.mooring.codec.FrameException if the frame is too long; nothing was sent
	 */
	void send(byte[] frame, StreamPeer peer);

	/**
	 * Close the stream to one peer, once what waits for it is sent, which takes up to 2
	 * seconds. A client connects anew, at once; a listener goes on with its others. Does
	 * nothing if the peer is gone.
	 * @param peer the peer
	 * @param reason why
	 */
	void close(StreamPeer peer, Throwable reason);

	/**
	 * Take over the messages without a consumer yet: they stay where they are, and
	 * nothing else may have them.
	 * @param owner who does, for the message of exceptions
	 * @return gives them back
	 * @throws IllegalStateException if something is attached, naming it
	 */
	MessageSource.Attachment hold(String owner);

	/**
	 * Tell somebody of peers that come and go, beginning with those that are connected;
	 * these may be told twice.
	 * @param watcher is told
	 * @return ends it
	 */
	MessageSource.Attachment watch(PeerWatcher watcher);

}
