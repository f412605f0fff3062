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

package io.mooring.transport.stream.internal.listener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.test.RequiresTools;

/**
 * Processes that have more clients than they may have file descriptors. Each waits for
 * seconds, time and again: they do so side by side.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@RequiresTools("sh")
class DescriptorLimitTests {

	private static final ExecutorService executor = Executors.newCachedThreadPool();

	private static final Map<String, Future<Void>> runs = new ConcurrentHashMap<>();

	@BeforeAll
	static void startAll(@TempDir Path directory) throws Exception {
		for (String name : new String[] { "epoll, tcp", "epoll, unix", "nio, tcp", "nio, unix" }) {
			DescriptorLimitRun run = new DescriptorLimitRun(Files.createTempDirectory(directory, "run"),
					name.startsWith("epoll"), name.endsWith("unix"));
			runs.put(name, executor.submit(() -> {
				run.goesOnAcceptingOnceThereAreDescriptorsAgain();
				return null;
			}));
		}
	}

	@AfterAll
	static void endAll() throws Exception {
		executor.shutdownNow();
		// Each ends its process, and lets go of its files
		executor.awaitTermination(30, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "epoll, tcp", "epoll, unix", "nio, tcp", "nio, unix" })
	void goesOnAcceptingOnceThereAreDescriptorsAgain(String name) throws Exception {
		runs.get(name).get();
	}

}
