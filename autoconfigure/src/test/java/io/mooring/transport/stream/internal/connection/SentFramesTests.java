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

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.mooring.test.ManualExecutor;
import io.mooring.transport.internal.receive.StreamPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

class SentFramesTests {

	private final StreamPeer peer = new StreamPeer("1", null, null);

	private final AbstractStreamConnection connection = mock(AbstractStreamConnection.class);

	private final ManualExecutor executor = new ManualExecutor();

	private final SentFrames sent = new SentFrames(this.connection, this.peer);

	@BeforeEach
	void prepare() {
		given(this.connection.reports())
			.willReturn(new LossReports(this.executor, LogFactory.getLog(SentFramesTests.class)));
		willAnswer((invocation) -> {
			this.executor.execute(invocation.getArgument(0));
			return null;
		}).given(this.connection).work(any());
	}

	@Test
	void framesAreCountedAtOnceAndTheirSendersToldByAWorker() {
		CompletableFuture<Void> outcome = new CompletableFuture<>();
		List<Frame> frames = List.of(new Frame(new byte[1], 1), new Frame(new byte[1], 1).withOutcome(outcome));
		this.sent.taken(frames);
		then(this.connection).should().sent(this.peer, frames);
		assertThat(outcome).isNotDone();
		this.executor.runAll();
		assertThat(outcome).isCompleted();
	}

	@Test
	void noWorkerIsNeededWhereNobodyWaits() {
		this.sent.taken(List.of(new Frame(new byte[1], 1)));
		assertThat(this.executor.size()).isZero();
	}

	@Test
	void everyLossIsReportedThoughTheReportOfOneFails() {
		Frame first = new Frame(new byte[1], 1);
		Frame second = new Frame(new byte[1], 1);
		IOException cause = new IOException();
		willThrow(new LinkageError()).given(this.connection).notSent(this.peer, first, cause);
		this.sent.lost(List.of(first, second), cause);
		this.executor.runAll();
		then(this.connection).should().notSent(this.peer, second, cause);
	}

	@Test
	void lossesAreCountedAtOnceAndReportedByAWorker() {
		Frame frame = new Frame(new byte[1], 1);
		IOException cause = new IOException();
		this.sent.lost(List.of(frame, frame), cause);
		then(this.connection).should().countNotSent(2);
		then(this.connection).should(never()).notSent(any(), any(), any());
		this.executor.runAll();
		then(this.connection).should(times(2)).notSent(this.peer, frame, cause);
	}

}
