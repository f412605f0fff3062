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

package io.mooring.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

import io.mooring.Connection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for one connection per cluster, with a leader elected by ZooKeeper.
 */
class ZooKeeperClusterTests extends AbstractClusterTests {

	// Granularity of session expiry
	private static final int TICK = 500;

	private TestingServer server;

	@BeforeEach
	void start(@TempDir Path directory) throws Exception {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("org.apache", LogLevel.OFF);
		this.server = new TestingServer(new InstanceSpec(directory.toFile(), -1, -1, -1, true, -1, TICK, -1,
				Map.of("clientPortAddress", "127.0.0.1"), "127.0.0.1"), true);
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void aLeaderThatHearsNothingOfZooKeeperYieldsBeforeAnotherOneLeads() throws Exception {
		try (Proxy proxy = new Proxy(this.server.getPort());
				ConfigurableApplicationContext first = Node.start("first", election(), device(),
						"--zookeeper=127.0.0.1:" + proxy.port())) {
			device().awaitConnected("first");
			try (ConfigurableApplicationContext second = node("second")) {
				long silence = System.nanoTime();
				proxy.goSilent();
				report("yielded after silence", device().awaitDisconnected("first") - silence);
				report("taken over after silence", device().awaitConnected("second") - silence);
				report("overlap of silence", device().overlap("first", "second").toNanos());
				assertThat(first.isRunning() && second.isRunning()).isTrue();
			}
		}
	}

	@Test
	void withoutZooKeeperNobodyLeadsAndThenOneDoes() throws Exception {
		try (ConfigurableApplicationContext first = node("first")) {
			device().awaitConnected("first");
			long stop = System.nanoTime();
			this.server.stop();
			report("yielded after stop", device().awaitDisconnected("first") - stop);
			assertThat(first.getBean("device", Connection.class).getStatus().enabled()).isFalse();
			long start = System.nanoTime();
			this.server.restart();
			report("leads again after start", device().awaitConnected("first") - start);
		}
	}

	@Override
	Class<?> election() {
		return ZooKeeperElection.class;
	}

	@Override
	String argument() {
		return "--zookeeper=" + this.server.getConnectString();
	}

}
