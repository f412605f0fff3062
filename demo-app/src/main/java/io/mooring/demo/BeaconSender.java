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

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.DatagramConnection;

/**
 * Sender of syslog messages on the connection {@code beacon}, on startup and every 30
 * seconds.
 */
@Component
class BeaconSender {

	private static final Logger logger = LoggerFactory.getLogger(BeaconSender.class);

	private final DatagramConnection beacon;

	BeaconSender(DatagramConnection beacon) {
		this.beacon = beacon;
	}

	@Scheduled(fixedRate = 30, timeUnit = TimeUnit.SECONDS)
	void send() throws InterruptedException {
		if (!this.beacon.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(5))) {
			logger.info("Not connected, nothing sent");
			return;
		}
		try {
			this.beacon.send(message().getBytes(StandardCharsets.UTF_8));
		}
		catch (ConnectionException ex) {
			logger.info("Nothing sent: {}", ex.getMessage());
		}
	}

	private String message() {
		Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
		return "<14>1 %s localhost beacon %d - - running for %d s".formatted(Instant.now(),
				ProcessHandle.current().pid(), uptime.toSeconds());
	}

}
