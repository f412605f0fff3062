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
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

import io.mooring.Connection;
import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of tests for one connection per cluster, which prints the measured times.
 */
@Tag("cluster")
@Timeout(180)
abstract class AbstractClusterTests {

	private Device device;

	abstract Class<?> election();

	/**
	 * Return the properties with which a node reaches the election.
	 */
	abstract String argument();

	@BeforeEach
	void openDevice() throws IOException {
		this.device = new Device();
	}

	@AfterEach
	void closeDevice() throws IOException {
		this.device.close();
	}

	final Device device() {
		return this.device;
	}

	final ConfigurableApplicationContext node(String name) {
		return Node.start(name, election(), this.device, argument());
	}

	final NodeProcess process(String name) throws IOException {
		return NodeProcess.start(name, election(), this.device, argument());
	}

	final void report(String figure, long nanos) {
		System.out
			.println(getClass().getSimpleName() + ": " + figure + " " + Duration.ofNanos(nanos).toMillis() + "ms");
		assertThat(Duration.ofNanos(nanos)).as(figure).isLessThan(Duration.ofSeconds(30));
	}

	@Test
	void theNextOneTakesOverWhenTheLeaderIsClosed() {
		ConfigurableApplicationContext first = node("first");
		this.device.awaitConnected("first");
		try (ConfigurableApplicationContext second = node("second")) {
			assertThat(second.getBean("device", Connection.class).getStatus().enabled()).isFalse();
			long close = System.nanoTime();
			first.close();
			report("taken over after closing", this.device.awaitConnected("second") - close);
			this.device.awaitDisconnected("first");
			report("overlap of closing", this.device.overlap("first", "second").toNanos());
		}
		finally {
			first.close();
		}
	}

	@Test
	void theNextOneTakesOverWhenTheLeaderIsKilled() throws Exception {
		try (NodeProcess first = process("first")) {
			this.device.awaitConnected("first");
			try (ConfigurableApplicationContext second = node("second")) {
				long kill = System.nanoTime();
				first.kill();
				report("taken over after kill", this.device.awaitConnected("second") - kill);
				assertThat(this.device.overlap("first", "second")).isZero();
				assertThat(second.isRunning()).isTrue();
			}
		}
	}

	@Test
	@RequiresTools("kill")
	void aLeaderThatWasFrozenYieldsOnceItRunsAgain() throws Exception {
		try (NodeProcess first = process("first")) {
			this.device.awaitConnected("first");
			try (ConfigurableApplicationContext second = node("second")) {
				long freeze = System.nanoTime();
				first.freeze();
				report("taken over after freeze", this.device.awaitConnected("second") - freeze);
				assertThat(this.device.isConnected("first")).as("a lease is no fence").isTrue();
				long thaw = System.nanoTime();
				first.thaw();
				report("overlap after thaw", this.device.awaitDisconnected("first") - thaw);
				assertThat(this.device.isConnected("second")).isTrue();
				assertThat(second.isRunning()).isTrue();
			}
			// It is still a candidate
			this.device.awaitConnected("first");
		}
	}

}
