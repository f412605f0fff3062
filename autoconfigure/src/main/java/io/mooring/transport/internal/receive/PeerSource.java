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
 * Stream connection with identifiable peers: a listener has many, a client one, and
 * another one after each reopening.
 */
public interface PeerSource extends PeerFrameSource {

	/**
	 * Return the connected peers.
	 * @return a copy
	 */
	Collection<StreamPeer> getPeers();

	/**
	 * Return whether a peer is connected.
	 * @param peer the peer
	 * @return whether the peer is connected
	 */
	boolean isOpen(StreamPeer peer);

	/**
	 * Send a frame to one peer, but not to a later one.
	 * @param frame the bytes, copied
	 * @param peer the peer
	 * @throws io.mooring.ConnectionException if the peer is gone or the connection is
	 * receive-only
	 * @throws io.mooring.codec.FrameException if the frame is too long; nothing was sent
	 */
	void send(byte[] frame, StreamPeer peer);

	/**
	 * Close the stream to one peer after flushing its write queue, up to 2 seconds. A
	 * client reconnects immediately; other clients of a listener are unaffected. Does
	 * nothing if the peer is gone.
	 * @param peer the peer
	 * @param reason the reason
	 */
	void close(StreamPeer peer, Throwable reason);

	/**
	 * Hold the messages without a consumer, so that no other consumer can be attached.
	 * @param owner the name of the holder, for exception messages
	 * @return a handle that releases them
	 * @throws IllegalStateException if a consumer is attached; the message names it
	 */
	MessageSource.Attachment hold(String owner);

	/**
	 * Watch peers, beginning with the connected ones, which may be notified twice.
	 * @param watcher the watcher
	 * @return a handle that ends the watch
	 */
	MessageSource.Attachment watch(PeerWatcher watcher);

}
