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

package io.mooring.transport;

import java.io.IOException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.mooring.codec.EscapedBytes;
import io.mooring.transport.settings.HeartbeatSettings;

/**
 * Starts the heartbeats of sockets for datagrams, and knows which of them is not listened
 * to for the moment.
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
	 * @param silence is told by the timer that nothing came
	 * @return the heartbeat, to be stopped
	 */
	Heartbeat start(E socket, Consumer<IOException> silence) {
		HeartbeatTimer timer = this.context.resources().get(HeartbeatTimer.class, HeartbeatTimer::new);
		Heartbeat heartbeat = new Heartbeat(this.spec, timer.timer(), this.context.nanoTime(),
				new SocketSide(socket, silence));
		heartbeat.start();
		return heartbeat;
	}

	/**
	 * The thread that reads a socket hands a message on.
	 */
	void busy(E socket) {
		this.busy = socket;
	}

	/**
	 * The thread that reads a socket is back.
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
		public void beat() {
			EscapedBytes payload = SocketWatch.this.spec.payload();
			if (payload != null) {
				SocketWatch.this.side.beat(this.socket, payload.getBytes());
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

}
