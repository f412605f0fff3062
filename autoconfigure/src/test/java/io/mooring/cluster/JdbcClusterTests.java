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

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for one connection per cluster, with a leader that holds a lock in a database.
 */
class JdbcClusterTests extends AbstractClusterTests {

	private Server server;

	private String database;

	@BeforeEach
	void start() throws SQLException {
		this.server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		this.database = "--database=jdbc:h2:tcp://127.0.0.1:" + this.server.getPort() + "/mem:" + UUID.randomUUID()
				+ ";DB_CLOSE_DELAY=-1";
		JdbcDataSource source = new JdbcDataSource();
		source.setURL(this.database.substring("--database=".length()));
		source.setUser("sa");
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/integration/jdbc/schema-h2.sql"))
			.execute(source);
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void aLeaderThatIsCutOffFromTheDatabaseYieldsBeforeAnotherOneLeads() {
		Duration overlap = cutOff(Duration.ofMillis(250));
		report("overlap of a cut, 250ms to get a connection", overlap.toNanos());
	}

	@Test
	void howLongALeaderTakesToYieldIsUpToTheTimeoutOfItsConnectionPool() {
		Duration timeout = Duration.ofSeconds(2);
		Duration overlap = cutOff(timeout);
		report("overlap of a cut, 2s to get a connection", overlap.toNanos());
		assertThat(overlap).isPositive();
	}

	private Duration cutOff(Duration connectionTimeout) {
		try (ConfigurableApplicationContext first = node("first")) {
			device().awaitConnected("first");
			try (ConfigurableApplicationContext second = node("second")) {
				long cut = System.nanoTime();
				first.getBean(JdbcElection.Database.class).cutOff(connectionTimeout);
				report("taken over after a cut", device().awaitConnected("second") - cut);
				report("yielded after a cut", device().awaitDisconnected("first") - cut);
				assertThat(second.isRunning()).isTrue();
				return device().overlap("first", "second");
			}
		}
	}

	@Override
	Class<?> election() {
		return JdbcElection.class;
	}

	@Override
	String argument() {
		return this.database;
	}

}
