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

package io.mooring.transport.internal.heartbeat;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.mooring.codec.EscapedBytes;
import io.mooring.transport.Endpoint;
import io.mooring.transport.TransportContext;
import io.mooring.transport.settings.HeartbeatSettings;

/**
 * Registry of the heartbeats of datagram sockets, with the sockets whose reader is
 * blocked.
 *
 * @param <E> the open socket
 */
final class SocketWatch<E extends Endpoint> {

	private final HeartbeatSettings spec;

	private final TransportContext context;

	private final DatagramSide<E> side;

	private volatile @Nullable E busy;

	SocketWatch(HeartbeatSettings spec, TransportContext context, DatagramSide<E> side) {
		this.spec = spec;
		this.context = context;
		this.side = side;
	}

	/**
	 * Start a heartbeat.
	 * @param socket its socket
	 * @param silence called by the timer when nothing arrived for the timeout
	 * @return the heartbeat, to be stopped
	 */
	Heartbeat start(E socket, Consumer<IOException> silence) {
		HeartbeatTimer timer = this.context.resources().get(HeartbeatTimer.class, HeartbeatTimer::new);
		Heartbeat heartbeat = new Heartbeat(this.spec, timer.timer, this.context.nanoTime(),
				new SocketSide(socket, silence));
		heartbeat.start();
		return heartbeat;
	}

	/**
	 * The reader of a socket begins to deliver a message.
	 */
	void busy(E socket) {
		this.busy = socket;
	}

	/**
	 * The reader of a socket has delivered a message.
	 */
	void free(E socket) {
		if (this.busy == socket) {
			this.busy = null;
		}
	}

	/**
	 * One socket.
	 */
	private final class SocketSide implements Heartbeat.Side {

		private final E socket;

		private final Consumer<IOException> silence;

		SocketSide(E socket, Consumer<IOException> silence) {
			this.socket = socket;
			this.silence = silence;
		}

		@Override
		public void sendHeartbeat() {
			EscapedBytes payload = SocketWatch.this.spec.payload();
			if (payload != null) {
				SocketWatch.this.side.sendHeartbeat(this.socket, payload.getBytes());
			}
		}

		@Override
		public boolean isListening() {
			return SocketWatch.this.busy != this.socket && !SocketWatch.this.side.isReceivingPaused();
		}

		@Override
		public void silent(IOException cause) {
			this.silence.accept(cause);
		}

	}

	/**
	 * Timer of all connections that have no event loop.
	 */
	private static final class HeartbeatTimer implements AutoCloseable {

		private final ScheduledThreadPoolExecutor timer;

		HeartbeatTimer() {
			// No daemon: an application that waits for a silent peer stays alive
			this.timer = new ScheduledThreadPoolExecutor(1, (task) -> new Thread(task, "mooring-heartbeat"));
			this.timer.setRemoveOnCancelPolicy(true);
			this.timer.setKeepAliveTime(10, TimeUnit.SECONDS);
			this.timer.allowCoreThreadTimeOut(true);
		}

		@Override
		public void close() {
			this.timer.shutdownNow();
		}

	}

}
