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

/**
 * Is told of the peers of a connection. For one peer, the calls and its frames come one
 * at a time, in order and on worker threads; while receiving is paused they wait.
 */
public interface PeerWatcher {

	/**
	 * A peer is connected. Called before its first frame.
	 * @param peer the peer
	 */
	void opened(StreamPeer peer);

	/**
	 * A peer is gone, for whatever reason. Called behind its last frame.
	 * @param peer the peer
	 * @param cause why
	 */
	void closed(StreamPeer peer, Throwable cause);

}
