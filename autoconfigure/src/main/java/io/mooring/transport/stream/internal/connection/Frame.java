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

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A message in its frame.
 *
 * @param bytes the frame, or the bytes in front of the file
 * @param size the size of the message, 0 for a file
 * @param file what is sent from disk, {@code null} for a message in memory
 * @param outcome completes when the kernel took it or it was lost, {@code null} if nobody
 * asked
 */
public record Frame(byte[] bytes, int size, @Nullable FileContent file, @Nullable CompletableFuture<Void> outcome) {

	public Frame(byte[] bytes, int size) {
		this(bytes, size, null, null);
	}

	public Frame withOutcome(CompletableFuture<Void> outcome) {
		return new Frame(this.bytes, this.size, this.file, outcome);
	}

}
