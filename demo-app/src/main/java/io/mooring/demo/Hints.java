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

package io.mooring.demo;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.mooring.Connection;
import io.mooring.ConnectionState;

/**
 * Says what to try, with the ports that the connections really have.
 */
@Component
class Hints {

	private static final Logger logger = LoggerFactory.getLogger(Hints.class);

	private final Connection syslog;

	private final Connection probe;

	Hints(Connection syslog, Connection probe) {
		this.syslog = syslog;
		this.probe = probe;
	}

	@EventListener
	void print(ApplicationReadyEvent event) throws InterruptedException {
		logger.info("Try, in another terminal:");
		print("logger --udp --server 127.0.0.1 --port {} hello", this.syslog);
		print("echo ping | socat -t1 - UDP:127.0.0.1:{}", this.probe);
		logger.info("curl http://127.0.0.1:{}/actuator/health",
				event.getApplicationContext().getEnvironment().getProperty("local.server.port"));
	}

	private void print(String command, Connection connection) throws InterruptedException {
		if (connection.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(5))
				&& connection.getLocalAddress() instanceof InetSocketAddress address) {
			logger.info(command, address.getPort());
		}
	}

}
