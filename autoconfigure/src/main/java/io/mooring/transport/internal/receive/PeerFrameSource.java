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
 * A connection whose messages are frames of a peer that changes with every opening.
 */
public interface PeerFrameSource {

	/**
	 * Return where to attach for frames that name their peer.
	 * @return the same messages in another form
	 */
	MessageSource<PeerFrame> peerFrames();

	/**
	 * Take no more bytes from the kernel, and wait until the frames that were read are
	 * handed on. Holds for what is opened or accepted from now on as well, until
	 * {@link #startReading()} or the connection is closed.
	 * @param patience how long to wait
	 */
	void stopReading(Duration patience);

	/**
	 * Take bytes from the kernel again.
	 */
	void startReading();

}
