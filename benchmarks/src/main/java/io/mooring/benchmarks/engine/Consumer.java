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

package io.mooring.benchmarks.engine;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Counter;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;
import io.mooring.integration.MooringHeaders;

/**
 * Consumer that counts messages, corrupted messages, and datagrams out of order.
 */
public final class Consumer implements MessageHandler {

	private final Workload workload;

	private final Counter counter;

	private final boolean numbered;

	private final LongAdder wrong = new LongAdder();

	private final LongAdder late = new LongAdder();

	private final AtomicLong last = new AtomicLong();

	/**
	 * Create a consumer.
	 * @param workload the workload to receive
	 * @param counter the counter of messages
	 */
	public Consumer(Workload workload, Counter counter) {
		this.workload = workload;
		this.counter = counter;
		this.numbered = workload.protocol() == Protocol.UDP;
	}

	@Override
	public void handleMessage(Message<?> message) {
		byte[] payload = (byte[]) message.getPayload();
		if (payload.length != this.workload.size() || !hasAncillaryData(message)) {
			this.wrong.increment();
		}
		if (this.numbered) {
			long number = ByteBuffer.wrap(payload).getLong();
			if (number < this.last.getAndAccumulate(number, Math::max)) {
				this.late.increment();
			}
		}
		this.counter.increment();
	}

	private boolean hasAncillaryData(Message<?> message) {
		return switch (this.workload.variant()) {
			case "descriptor" ->
				message.getHeaders().get(MooringHeaders.FILE_DESCRIPTORS) instanceof Collection<?> descriptors
						&& descriptors.size() == 1;
			case "credentials" -> message.getHeaders().containsKey(MooringHeaders.CREDENTIALS);
			default -> true;
		};
	}

	/**
	 * Return the number of corrupted messages.
	 * @return the number
	 */
	public long wrong() {
		return this.wrong.sum();
	}

	/**
	 * Return the number of datagrams received after a later one.
	 * @return the number
	 */
	public long late() {
		return this.late.sum();
	}

}
