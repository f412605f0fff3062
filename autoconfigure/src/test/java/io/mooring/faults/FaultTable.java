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

package io.mooring.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Table of the rows of all classes of the fault suite, which run in separate JVMs,
 * printed after the last test.
 */
class FaultTable implements BeforeAllCallback {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FaultTable.class);

	private static final Path ROWS = Path.of("target", "fault-rows.md");

	private static final Path TABLE = Path.of("target", "fault-table.md");

	private static final String HEADER = """
			| fault | connection | noticed, ms | bound | recovered, ms | bound | lost |
			|---|---|--:|--:|--:|--:|---|
			""";

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		if (!isInside()) {
			context.getRoot().getStore(NAMESPACE).computeIfAbsent(Printer.class);
		}
	}

	private static boolean isInside() {
		return System.getProperty("io.mooring.test.netns") != null;
	}

	static void add(String row) {
		try {
			Files.writeString(ROWS, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Printer of the table, called at the end of the engine, which closes its store.
	 */
	static final class Printer implements AutoCloseable {

		Printer() throws IOException {
			Files.deleteIfExists(ROWS);
		}

		@Override
		public void close() throws IOException {
			List<String> rows = new ArrayList<>();
			if (Files.exists(ROWS)) {
				try (Stream<String> lines = Files.lines(ROWS)) {
					lines.sorted().forEach(rows::add);
				}
				Files.delete(ROWS);
			}
			String table = HEADER + String.join("\n", rows) + "\n";
			Files.writeString(TABLE, table);
			System.out.println("\n" + table);
		}

	}

}
