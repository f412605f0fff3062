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

package io.mooring.test.netns;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Transfer of outcomes from the JVM inside to the one outside, through a file to which
 * each is appended immediately, so that they survive a crash of the JVM.
 */
final class TestOutcomes {

	private TestOutcomes() {
	}

	static Map<String, TestOutcome> read(Path file) throws IOException {
		Map<String, TestOutcome> outcomes = new HashMap<>();
		try (DataInputStream input = new DataInputStream(Files.newInputStream(file))) {
			while (true) {
				byte[] bytes = new byte[input.readInt()];
				input.readFully(bytes);
				TestOutcome outcome = (TestOutcome) new ObjectInputStream(new ByteArrayInputStream(bytes)).readObject();
				outcomes.put(outcome.id(), outcome);
			}
		}
		catch (EOFException ex) {
			return outcomes;
		}
		catch (ClassNotFoundException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * Writer of outcomes.
	 */
	static final class Writer implements TestExecutionListener, AutoCloseable {

		private final DataOutputStream output;

		Writer(Path file) throws IOException {
			this.output = new DataOutputStream(Files.newOutputStream(file));
		}

		@Override
		public void executionSkipped(TestIdentifier test, String reason) {
			write(TestOutcome.skipped(test.getUniqueId(), reason));
		}

		@Override
		public void executionFinished(TestIdentifier test, TestExecutionResult result) {
			write(new TestOutcome(test.getUniqueId(), result.getStatus(), result.getThrowable().orElse(null)));
		}

		private synchronized void write(TestOutcome outcome) {
			try {
				byte[] bytes = serialize(outcome);
				this.output.writeInt(bytes.length);
				this.output.write(bytes);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static byte[] serialize(TestOutcome outcome) throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
				objects.writeObject(outcome);
			}
			catch (NotSerializableException ex) {
				return serialize(outcome.withPlainFailure());
			}
			return bytes.toByteArray();
		}

		@Override
		public void close() throws IOException {
			this.output.close();
		}

	}

}
