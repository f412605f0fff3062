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

package io.mooring.autoconfigure.shutdown;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.Connections;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;

/**
 * Application under load: the listener {@code feed} replies to its clients, the client
 * {@code link} receives from its server and sends numbers to it. Writes received and
 * accepted messages to files, and the statistics at the end.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class LoadApplication {

	private static final Path FOLDER = Path.of(System.getProperty("load.folder"));

	private static final long WORK_NANOS = TimeUnit.MICROSECONDS.toNanos(Long.getLong("load.work-micros", 0));

	private static final boolean HANGING = Boolean.getBoolean("load.hanging");

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(LoadApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(args);
	}

	@Bean
	IntegrationFlow feedFlow(@Qualifier("feed.out") MessageChannel out) {
		Journal received = new Journal(FOLDER.resolve("feed.received"));
		Journal accepted = new Journal(FOLDER.resolve("feed.accepted"));
		return IntegrationFlow.from("feed.in").handle((message) -> {
			received.write(text(message));
			work();
			out.send(message);
			accepted.write(text(message));
		}).get();
	}

	@Bean
	IntegrationFlow linkFlow() {
		Journal received = new Journal(FOLDER.resolve("link.received"));
		return IntegrationFlow.from("link.in").handle((message) -> {
			received.write(text(message));
			work();
		}).get();
	}

	@Bean
	IntegrationFlow errors() {
		Journal errors = new Journal(FOLDER.resolve("errors"));
		return IntegrationFlow.from("errorChannel")
			.handle((message) -> errors.write(message.getPayload().toString()))
			.get();
	}

	@Bean
	ApplicationListener<ApplicationReadyEvent> teller(@Qualifier("link") StreamConnection link,
			@Qualifier("feed") StreamListener feed) {
		return (event) -> {
			Thread thread = new Thread(() -> tell(link), "teller");
			thread.setDaemon(true);
			thread.start();
			new Journal(FOLDER.resolve("ready")).write(String.valueOf(feed.getLocalAddress()));
		};
	}

	private static void tell(StreamConnection link) {
		Journal accepted = new Journal(FOLDER.resolve("link.accepted"));
		try {
			link.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(30));
			for (int i = 0;; i++) {
				String text = "number " + i;
				link.send(text.getBytes(StandardCharsets.UTF_8));
				accepted.write(text);
			}
		}
		catch (ConnectionException | InterruptedException ex) {
			accepted.write(ex.getMessage());
		}
	}

	/**
	 * Destroyed after all phases, before the connections are.
	 */
	@Bean(destroyMethod = "close")
	AutoCloseable statistics(Connections connections) {
		return () -> {
			Journal journal = new Journal(FOLDER.resolve("statistics"));
			for (String name : List.of("feed", "link")) {
				Connection connection = connections.get(name);
				journal.write(name + ".received=" + connection.getStatistics().received());
				connection.getStatistics()
					.drops()
					.forEach((reason, count) -> journal.write(name + "." + reason.getId() + "=" + count));
			}
		};
	}

	private static void work() {
		if (WORK_NANOS > 0) {
			LockSupport.parkNanos(WORK_NANOS);
		}
		while (HANGING) {
			LockSupport.park();
		}
	}

	private static String text(Message<?> message) {
		return new String((byte[]) message.getPayload(), StandardCharsets.UTF_8);
	}

}
