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

package io.mooring.transport.stream.internal.listener;

import java.time.Duration;
import java.util.List;

import io.mooring.transport.stream.internal.connection.FlushDeadline;
import io.mooring.transport.stream.internal.connection.LossReports;

/**
 * Ends the clients of a listener in order: they are read no more, what they sent is
 * handed on, and what is queued for them goes out. All of them do each step together, so
 * that who is slow takes no time from the others.
 */
final class ClientDrain {

	private final Clients clients;

	private final LossReports reports;

	private final FlushDeadline flushDeadline = new FlushDeadline();

	private volatile boolean readingStopped;

	/**
	 * Begin with clients that are read.
	 * @param clients the clients
	 * @param reports tells those who sent to them of losses
	 */
	ClientDrain(Clients clients, LossReports reports) {
		this.clients = clients;
		this.reports = reports;
	}

	/**
	 * A client was added, which is not read while the others are not. Must be called
	 * before it is opened.
	 */
	void added(AcceptedStream client) {
		if (this.readingStopped) {
			client.inbound().stopReading();
		}
	}

	/**
	 * Read no more, and wait until what was read is handed on.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	void stopReading(long deadline) {
		this.readingStopped = true;
		List<AcceptedStream> unfinished = this.clients.unfinished();
		unfinished.forEach((client) -> client.inbound().stopReading());
		unfinished.forEach((client) -> client.inbound().settle(deadline));
	}

	/**
	 * Read again.
	 */
	void startReading() {
		this.readingStopped = false;
		this.clients.unfinished().forEach(AcceptedStream::startReading);
	}

	/**
	 * Close clients whose listener was closed by somebody, once the kernel took what is
	 * queued for them; and with them those that came meanwhile.
	 * @param left the clients
	 */
	void close(List<AcceptedStream> left) {
		long deadline = this.flushDeadline.get();
		left.forEach(AcceptedStream::endSending);
		left.forEach((client) -> client.part(deadline));
		this.clients.all().forEach((client) -> client.closeUntil(deadline));
	}

	/**
	 * Close the listener as the application ends.
	 * @param timeout the most time for all of it
	 * @param listener closes the listener, and with {@link #close(List)} its clients
	 */
	void shutdown(Duration timeout, Runnable listener) {
		long deadline = System.nanoTime() + timeout.toNanos();
		stopReading(deadline);
		this.clients.unfinished().forEach((client) -> client.inbound().discard());
		long flushDeadline = FlushDeadline.atShutdown(deadline, timeout);
		this.flushDeadline.during(flushDeadline, () -> {
			listener.run();
			this.clients.unfinished().forEach((client) -> client.closeUntil(flushDeadline));
		});
		this.reports.await(deadline);
		this.readingStopped = false;
	}

}
