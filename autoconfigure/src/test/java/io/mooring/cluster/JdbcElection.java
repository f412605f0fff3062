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

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Election of the leader by a lock in a database.
 */
@Configuration(proxyBeanMethods = false)
class JdbcElection {

	static final Duration TIME_TO_LIVE = Duration.ofSeconds(2);

	@Bean
	Database dataSource(@Value("${database}") String url) {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL(url);
		database.setUser("sa");
		return new Database(database);
	}

	@Bean
	PlatformTransactionManager transactionManager(DataSource dataSource) {
		return new JdbcTransactionManager(dataSource);
	}

	@Bean
	DefaultLockRepository lockRepository(DataSource dataSource) {
		return new DefaultLockRepository(dataSource);
	}

	@Bean
	JdbcLockRegistry lockRegistry(DefaultLockRepository repository) {
		return new JdbcLockRegistry(repository, TIME_TO_LIVE);
	}

	@Bean
	LockRegistryLeaderInitiator leaderInitiator(JdbcLockRegistry locks, @Value("${node}") String node) {
		return new LockRegistryLeaderInitiator(locks, new DefaultCandidate(node, "leader"));
	}

	/**
	 * Database that can be disconnected, with the behavior of a connection pool.
	 */
	static final class Database extends DelegatingDataSource {

		/**
		 * Always empty: all connections hang.
		 */
		private final BlockingQueue<Connection> givenBack = new SynchronousQueue<>();

		private volatile Duration connectionTimeout;

		Database(DataSource database) {
			super(database);
		}

		void cutOff(Duration connectionTimeout) {
			this.connectionTimeout = connectionTimeout;
		}

		@Override
		public Connection getConnection() throws SQLException {
			Duration timeout = this.connectionTimeout;
			if (timeout == null) {
				return super.getConnection();
			}
			try {
				// Simulates a pool, which waits for a connection to be returned
				this.givenBack.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new SQLException("Cut off");
		}

	}

}
