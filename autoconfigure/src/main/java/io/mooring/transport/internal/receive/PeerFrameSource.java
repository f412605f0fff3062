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

import java.time.Duration;

/**
 * Connection whose messages are frames of a peer that changes with every opening.
 */
public interface PeerFrameSource {

	/**
	 * Return the source of frames with their peer.
	 * @return the source of the same messages
	 */
	MessageSource<PeerFrame> peerFrames();

	/**
	 * Stop reading, and wait until frames already read are delivered. Also applies to
	 * sockets opened or accepted afterwards, until {@link #startReading()} or the
	 * connection is closed.
	 * @param patience the maximum time to wait
	 */
	void stopReading(Duration patience);

	/**
	 * Resume reading.
	 */
	void startReading();

}
