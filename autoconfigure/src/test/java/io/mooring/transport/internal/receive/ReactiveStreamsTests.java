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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

import io.mooring.OverflowPolicy;

/**
 * The Reactive Streams TCK, applied to the publisher of a connection. Its TestNG methods
 * run as dynamic tests.
 */
class ReactiveStreamsTests {

	private static final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterAll
	static void stop() {
		executor.shutdownNow();
	}

	@TestFactory
	Stream<DynamicTest> publisher() {
		return Arrays.stream(Verification.class.getMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class))
			// Names that say that there is nothing to verify
			.filter((method) -> !method.getName().startsWith("untested_"))
			.sorted(Comparator.comparing(Method::getName))
			.map((method) -> DynamicTest.dynamicTest(method.getName(), () -> verify(method)));
	}

	private static void verify(Method method) throws Throwable {
		Verification verification = new Verification();
		verification.setUp();
		try {
			method.invoke(verification);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof SkipException skip) {
				throw new TestAbortedException(skip.getMessage(), skip);
			}
			throw ex.getCause();
		}
	}

	/**
	 * Publishes numbers that come into the queue as far as there is room.
	 */
	private static final class Numbers implements Flow.Publisher<Long> {

		private final ReceiveQueue<Long> queue = new ReceiveQueue<>(16, OverflowPolicy.BLOCK, () -> true,
				(message, reason) -> {
				});

		private final Dispatcher<Long> dispatcher = new Dispatcher<>(this.queue, executor, (message) -> {
		}, (message) -> {
		}, IllegalStateException::new, LogFactory.getLog(Numbers.class));

		private final QueuePublisher<Long> publisher = new QueuePublisher<>(this.queue, this.dispatcher, executor,
				(message) -> {
				}, LogFactory.getLog(Numbers.class));

		private final long end;

		private long next;

		Numbers(long end) {
			this.end = end;
			this.queue.onRoom(this::fill);
		}

		private void fill() {
			while (this.next < this.end && this.queue.tryOffer(this.next)) {
				this.next++;
			}
			if (this.next == this.end) {
				this.publisher.complete();
			}
		}

		@Override
		public void subscribe(Flow.Subscriber<? super Long> subscriber) {
			this.publisher.subscribe(subscriber);
			fill();
		}

	}

	public static final class Verification extends FlowPublisherVerification<Long> {

		Verification() {
			super(new TestEnvironment(1000, 50), 200);
		}

		@Override
		public Flow.Publisher<Long> createFlowPublisher(long elements) {
			return new Numbers(elements);
		}

		@Override
		public Flow.Publisher<Long> createFailedFlowPublisher() {
			Numbers numbers = new Numbers(0);
			numbers.dispatcher.attach("a flow", (message) -> {
			});
			return numbers;
		}

	}

}
