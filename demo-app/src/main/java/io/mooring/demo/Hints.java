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
import java.net.SocketAddress;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.mooring.Connection;
import io.mooring.ConnectionState;

/**
 * Printer of commands to try, with the actual ports and paths of the connections.
 */
@Component
class Hints {

	private static final Logger logger = LoggerFactory.getLogger(Hints.class);

	private final Connection syslog;

	private final Connection probe;

	private final Connection feed;

	private final Connection clock;

	private final Connection hear;

	private final Connection control;

	private final Connection notify;

	Hints(Connection syslog, Connection probe, Connection feed, Connection clock, Connection hear, Connection control,
			Connection notify) {
		this.syslog = syslog;
		this.probe = probe;
		this.feed = feed;
		this.clock = clock;
		this.hear = hear;
		this.control = control;
		this.notify = notify;
	}

	@EventListener
	void print(ApplicationReadyEvent event) throws InterruptedException {
		logger.info("Try, in another terminal:");
		print("logger --udp --server 127.0.0.1 --port {} hello", this.syslog);
		print("echo ping | socat -t1 - UDP:127.0.0.1:{}", this.probe);
		print("echo hello | nc -w1 127.0.0.1 {}", this.feed);
		print("echo time | nc -w1 127.0.0.1 {}", this.clock);
		print("echo hello | socat -t1 - UDP4-DATAGRAM:239.255.14.50:{},ip-multicast-if=127.0.0.1", this.hear);
		print("echo beacon | socat -t1 - UNIX-CONNECT:{}", this.control);
		print("NOTIFY_SOCKET={} systemd-notify --ready", this.notify);
		logger.info("curl http://127.0.0.1:{}/actuator/health",
				event.getApplicationContext().getEnvironment().getProperty("local.server.port"));
	}

	private void print(String command, Connection connection) throws InterruptedException {
		if (connection.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(5))) {
			SocketAddress address = connection.getLocalAddress();
			logger.info(command, (address instanceof InetSocketAddress inet) ? inet.getPort() : address);
		}
	}

}
