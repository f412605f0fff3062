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
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FrameWriterTests {

	private final Kernel kernel = new Kernel();

	private final EmbeddedChannel channel = new EmbeddedChannel(this.kernel);

	private final List<String> events = new ArrayList<>();

	private final FrameWriter writer = new FrameWriter(this.channel, 8, new FrameWriter.Listener() {

		@Override
		public void taken(List<Frame> frames) {
			frames.forEach((frame) -> FrameWriterTests.this.events.add("taken " + text(frame)));
		}

		@Override
		public void taken(long fileBytes) {
			FrameWriterTests.this.events.add("taken " + fileBytes + " bytes");
		}

		@Override
		public void lost(List<Frame> frames, Throwable cause) {
			frames.forEach(
					(frame) -> FrameWriterTests.this.events.add("lost " + text(frame) + ": " + cause.getMessage()));
		}

	});

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private static String text(Frame frame) {
		return new String(frame.bytes(), StandardCharsets.UTF_8);
	}

	private void put(String text) throws InterruptedException {
		put(new Frame(text.getBytes(StandardCharsets.UTF_8), text.length()));
	}

	private void put(Frame frame) throws InterruptedException {
		assertThat(this.writer.queue().put(frame, OfferPolicy.NONE)).isEqualTo(OfferResult.QUEUED);
	}

	@Test
	void joinsWhatWaitsIntoOneWrite() throws InterruptedException {
		put("first");
		put("second");
		assertThat(this.writer.hasWritten()).isFalse();
		this.channel.runPendingTasks();
		assertThat(this.writer.hasWritten()).isTrue();
		assertThat(this.kernel.writes).containsExactly("firstsecond");
		assertThat(this.events).isEmpty();
		this.kernel.take(0);
		assertThat(this.events).containsExactly("taken first", "taken second");
		assertThat(this.writer.queue().isEmpty()).isTrue();
	}

	@Test
	void writesNothingWhileTheKernelTakesNothing() throws InterruptedException {
		this.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
		put("first");
		this.channel.runPendingTasks();
		assertThat(this.kernel.writes).isEmpty();
		this.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
		this.writer.write();
		assertThat(this.kernel.writes).containsExactly("first");
	}

	@Test
	void aWriteThatFailsLosesOnlyWhatTheKernelHasNotTakenWhole() throws InterruptedException {
		put("first");
		put("second");
		put("third");
		this.channel.runPendingTasks();
		this.kernel.progress(0, 8);
		this.kernel.fail(0, new IOException("reset"));
		assertThat(this.events).containsExactly("taken first", "lost second: reset", "lost third: reset");
	}

	@Test
	void aWriteThatEndsWithTheChannelIsLostForTheReasonOfItsClosing() throws InterruptedException {
		put("first");
		this.channel.runPendingTasks();
		put("second");
		this.kernel.fail(0, new ClosedChannelException());
		assertThat(this.events).isEmpty();
		this.writer.close(new IOException("the peer is silent"));
		assertThat(this.events).containsExactly("lost first: the peer is silent", "lost second: the peer is silent");
		this.writer.close(new IOException("again"));
		assertThat(this.events).hasSize(2);
	}

	@Test
	void whatIsBeingWrittenWhenItClosesEndsWithItsWrite() throws InterruptedException {
		put("first");
		this.channel.runPendingTasks();
		this.writer.close(new IOException("closed"));
		assertThat(this.events).isEmpty();
		this.kernel.take(0);
		assertThat(this.events).containsExactly("taken first");
	}

	@Test
	void aFileIsWrittenAloneAndWhatFollowsWaitsForIt(@TempDir Path directory) throws Exception {
		FileContent content = FileContent.open(Files.writeString(directory.resolve("file"), "content"));
		put("before");
		put(new Frame("header".getBytes(StandardCharsets.UTF_8), 0, content, null));
		put("after");
		this.channel.runPendingTasks();
		assertThat(this.kernel.writes).hasSize(3).startsWith("before", "header");
		this.kernel.take(0);
		this.kernel.take(1);
		assertThat(this.events).containsExactly("taken before");
		this.kernel.take(2);
		assertThat(this.events).containsExactly("taken before", "taken 7 bytes", "taken header");
		content.await();
		assertThat(this.kernel.writes).hasSize(4).endsWith("after");
	}

	@Test
	void aFileThatFailsInTheMiddleEndsTheStream(@TempDir Path directory) throws Exception {
		FileContent content = FileContent.open(Files.writeString(directory.resolve("file"), "content"));
		put(new Frame("header".getBytes(StandardCharsets.UTF_8), 0, content, null));
		this.channel.runPendingTasks();
		this.kernel.fail(1, new IOException("reset"));
		assertThat(this.events).singleElement().asString().startsWith("lost header: ");
		assertThat(this.kernel.caught).isNotNull();
	}

	/**
	 * Takes writes when told to.
	 */
	private static final class Kernel extends ChannelDuplexHandler {

		private final List<String> writes = new ArrayList<>();

		private final List<ChannelPromise> promises = new ArrayList<>();

		private @Nullable Throwable caught;

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			this.writes.add((message instanceof ByteBuf buffer) ? buffer.toString(StandardCharsets.UTF_8) : "file");
			this.promises.add(promise);
			ReferenceCountUtil.release(message);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			this.caught = cause;
		}

		void take(int write) {
			this.promises.get(write).setSuccess();
		}

		void progress(int write, long bytes) {
			((ChannelProgressivePromise) this.promises.get(write)).tryProgress(bytes, -1);
		}

		void fail(int write, Throwable cause) {
			this.promises.get(write).setFailure(cause);
		}

	}

}
