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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;

import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerWatcher;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Those who are told of the peers of a connection.
 */
public final class PeerWatchers {

	private final List<PeerWatcher> watchers = new CopyOnWriteArrayList<>();

	private final Log logger;

	public PeerWatchers(Log logger) {
		this.logger = logger;
	}

	public MessageSource.Attachment add(PeerWatcher watcher) {
		this.watchers.add(watcher);
		return () -> this.watchers.remove(watcher);
	}

	public boolean isEmpty() {
		return this.watchers.isEmpty();
	}

	void opened(StreamPeer peer) {
		tell((watcher) -> watcher.opened(peer));
	}

	void closed(StreamPeer peer, Throwable cause) {
		tell((watcher) -> watcher.closed(peer, cause));
	}

	private void tell(Consumer<PeerWatcher> call) {
		for (PeerWatcher watcher : this.watchers) {
			try {
				call.accept(watcher);
			}
			catch (Throwable ex) {
				// User code: whatever it does, the frames go on
				this.logger.error("A watcher of peers failed", ex);
			}
		}
	}

}
