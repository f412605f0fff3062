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

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.concurrent.MailboxThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what becomes of connections while the system has no thread.
 */
@Timeout(60)
class MailboxThreadsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final AtomicInteger asked = new AtomicInteger();

	private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

	private final MailboxThreads threads = new MailboxThreads(this::thread);

	private final TestTransports transports = new TestTransports();

	private Thread thread(Runnable task) {
		if (this.refused.contains(this.asked.incrementAndGet())) {
			throw new OutOfMemoryError("unable to create native thread");
		}
		return new Thread(task);
	}

	private ControlledConnection connection() {
		TransportContext context = this.transports.context();
		return new ControlledConnection(SpecBuilder.of("scarce", ConnectionType.UDP).build(),
				new TransportContext(context.interfaces(), context.bindings(), context.observer(), context.executor(),
						context.handlers(), this.threads, context.resources(), context.beans(), context.tlsBundles(),
						context.nanoTime()));
	}

	@AfterEach
	void close() {
		this.transports.close();
		this.threads.close();
	}

	@Test
	void anAttemptWithoutAThreadFailsAndIsRetried() throws Exception {
		this.refused.add(2);
		ControlledConnection connection = connection();
		assertThat(connection.startOpen()).failsWithin(SOON)
			.withThrowableThat()
			.withMessageContaining("unable to create native thread");
		assertThat(connection.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		connection.close();
		assertThat(connection.openSockets).hasValue(0);
	}

	@Test
	void aMailboxWithoutAThreadIsRunLater() {
		this.refused.addAll(Set.of(1, 2, 3));
		ControlledConnection connection = connection();
		assertThat(connection.startOpen()).succeedsWithin(SOON);
		connection.close();
		assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

}
