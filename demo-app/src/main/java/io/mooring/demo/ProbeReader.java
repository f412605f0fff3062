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

package io.mooring.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.mooring.ConnectionException;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;

/**
 * Reader of the connection {@code probe} in pull mode, on a separate thread, which
 * replies with the number of bytes received.
 */
@Component
class ProbeReader implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ProbeReader.class);

	private static final Duration PATIENCE = Duration.ofMillis(500);

	private final DatagramConnection probe;

	private volatile @Nullable Thread reader;

	ProbeReader(DatagramConnection probe) {
		this.probe = probe;
	}

	@Override
	public synchronized void start() {
		if (this.reader == null) {
			Thread thread = new Thread(this::read, "probe");
			this.reader = thread;
			thread.start();
		}
	}

	/**
	 * Stop reading and wait for the thread, so that the last datagram still gets a reply.
	 */
	@Override
	public synchronized void stop() {
		Thread thread = this.reader;
		this.reader = null;
		if (thread == null) {
			return;
		}
		try {
			thread.join(3 * PATIENCE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.reader != null;
	}

	/**
	 * Return a phase after that of connections, so that reading stops before they close.
	 */
	@Override
	public int getPhase() {
		return 1;
	}

	private void read() {
		while (this.reader == Thread.currentThread()) {
			try {
				Datagram datagram = this.probe.receive(PATIENCE);
				if (datagram != null) {
					answer(datagram);
				}
			}
			catch (ConnectionException ex) {
				if (isRunning()) {
					logger.info("{}", ex.getMessage());
				}
			}
		}
	}

	private void answer(Datagram datagram) {
		int length = datagram.payload().length;
		logger.info("{} bytes from {}", length, datagram.sender());
		this.probe.send("%d bytes received%n".formatted(length).getBytes(StandardCharsets.UTF_8), datagram.sender());
	}

}
