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

package io.mooring.transport.stream.internal.connection;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Tells a connection and those who sent frames what became of them. User code waits for
 * that, so that it is told on a worker.
 */
final class SentFrames implements FrameWriter.Listener {

	private final AbstractStreamConnection connection;

	private final StreamPeer peer;

	SentFrames(AbstractStreamConnection connection, StreamPeer peer) {
		this.connection = connection;
		this.peer = peer;
	}

	@Override
	public void taken(List<Frame> frames) {
		this.connection.sent(this.peer, frames);
		if (frames.stream().anyMatch((frame) -> frame.outcome() != null)) {
			this.connection.work(() -> frames.forEach((frame) -> complete(frame.outcome())));
		}
	}

	@Override
	public void taken(long fileBytes) {
		this.connection.countSent(fileBytes);
	}

	private static void complete(@Nullable CompletableFuture<Void> outcome) {
		if (outcome != null) {
			outcome.complete(null);
		}
	}

	@Override
	public void lost(List<Frame> frames, Throwable cause) {
		this.connection.countNotSent(frames.size());
		this.connection.reports().run(frames, (frame) -> this.connection.notSent(this.peer, frame, cause));
	}

}
