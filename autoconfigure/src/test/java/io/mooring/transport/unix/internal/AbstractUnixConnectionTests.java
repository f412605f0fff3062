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

package io.mooring.transport.unix.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.test.TestTransports;

/**
 * Unix datagrams in a directory of the test, closed after it.
 */
abstract class AbstractUnixConnectionTests {

	static final Duration SOON = Duration.ofSeconds(10);

	final TestTransports transports = new TestTransports();

	@TempDir
	Path directory;

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	String path(String name) {
		return this.directory.resolve(name).toString();
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
