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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the frames are counted that the kernel has not taken.
 */
class PendingFramesTests {

	private final PendingFrames frames = new PendingFrames(2);

	private static Frame frame(int size) {
		return new Frame(new byte[size], size);
	}

	private Frame add(int size) {
		Frame frame = frame(size);
		this.frames.add(frame);
		return frame;
	}

	@Test
	void whatIsBeingWrittenTakesRoomUntilItIsRemoved() {
		Frame first = add(10);
		Frame second = add(10);
		assertThat(this.frames.hasRoom(frame(1))).isFalse();
		assertThat(this.frames.isWriting()).isFalse();
		assertThat(this.frames.next(100)).containsExactly(first, second);
		assertThat(this.frames.isWaiting()).isFalse();
		assertThat(this.frames.isWriting()).isTrue();
		assertThat(this.frames.hasRoom(frame(1))).isFalse();
		this.frames.remove(List.of(first));
		assertThat(this.frames.hasRoom(frame(1))).isTrue();
		this.frames.remove(List.of(second));
		assertThat(this.frames.isEmpty()).isTrue();
		assertThat(this.frames.isWriting()).isFalse();
	}

	@Test
	void oneFrameMayBeLongerThanTheBoundOfBytes() {
		assertThat(this.frames.hasRoom(frame(PendingFrames.MAX_BYTES + 1))).isTrue();
		add(PendingFrames.MAX_BYTES + 1);
		assertThat(this.frames.hasRoom(frame(1))).isFalse();
	}

	@Test
	void framesAreJoinedUpToASizeButTheFirstIsGivenInAnyCase() {
		Frame first = add(100);
		Frame second = add(10);
		assertThat(this.frames.next(50)).containsExactly(first);
		Frame third = add(41);
		assertThat(this.frames.next(50)).containsExactly(second);
		assertThat(this.frames.next(50)).containsExactly(third);
		assertThat(this.frames.next(50)).isEmpty();
	}

	@Test
	void aFileComesAloneAndItsRestIsNext(@TempDir Path directory) throws IOException {
		FileContent content = FileContent.open(Files.write(directory.resolve("file"), new byte[10]));
		Frame file = new Frame(new byte[4], 0, content, null);
		Frame before = add(1);
		this.frames.add(file);
		Frame behind = add(1);
		assertThat(this.frames.next(100)).containsExactly(before);
		assertThat(this.frames.next(100)).containsExactly(file);
		this.frames.putBack(file);
		assertThat(this.frames.next(100)).containsExactly(file);
		assertThat(this.frames.next(100)).containsExactly(behind);
		content.end(null);
	}

	@Test
	void whatFailedAndWhatWaitsIsLostButNotWhatIsBeingWritten() {
		Frame failed = add(1);
		this.frames.next(1);
		this.frames.fail(List.of(failed));
		assertThat(this.frames.isWriting()).isFalse();
		Frame written = add(1);
		this.frames.next(1);
		Frame waiting = add(1);
		assertThat(this.frames.removeUnwritten()).containsExactly(failed, waiting);
		assertThat(this.frames.isEmpty()).isFalse();
		assertThat(this.frames.isWriting()).isTrue();
		this.frames.remove(List.of(written));
		assertThat(this.frames.isEmpty()).isTrue();
	}

}
