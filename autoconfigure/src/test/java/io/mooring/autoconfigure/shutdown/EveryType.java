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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.Connections;
import io.mooring.DatagramConnection;
import io.mooring.MulticastConnection;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.Ports;

import static org.awaitility.Awaitility.await;

/**
 * Application with a connection of every type and traffic on each. Can be started
 * repeatedly, also from another class loader.
 */
public final class EveryType implements Function<Path, AutoCloseable> {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(5);

	/**
	 * JNA permanently retains the callers of native code.
	 */
	private static final boolean NATIVE = !Boolean.getBoolean("every.without-jna");

	/**
	 * Start the application.
	 * @param folder the folder with {@code tls.crt}, {@code tls.key} and {@code ca.crt}
	 * @return a handle that stops the application
	 */
	@Override
	public AutoCloseable apply(Path folder) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Flows.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.bannerMode(Banner.Mode.OFF)
			.run(arguments(folder));
		try {
			Use use = new Use(context.getBean(Connections.class));
			use.exchange();
			return () -> {
				use.exchange();
				context.close();
				use.close();
			};
		}
		catch (RuntimeException ex) {
			context.close();
			throw ex;
		}
	}

	private static String[] arguments(Path folder) {
		int feed = Ports.free();
		int secure = Ports.free();
		int ground = Ports.free();
		int group = Ports.free();
		List<String> arguments = new ArrayList<>(List.of("--logging.level.root=warn",
				// A client may connect before its listener is open
				"--mooring.defaults.reconnect.initial-delay=20ms",
				// It is retained by the logging system
				"--spring.autoconfigure.exclude=org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration",
				"--spring.ssl.bundle.pem.tls.keystore.certificate=" + folder.resolve("tls.crt").toUri(),
				"--spring.ssl.bundle.pem.tls.keystore.private-key=" + folder.resolve("tls.key").toUri(),
				"--spring.ssl.bundle.pem.tls.truststore.certificate=" + folder.resolve("ca.crt").toUri()));
		for (String connection : List.of("feed=tcp-listen://127.0.0.1:" + feed + "?framing.type=line",
				"link=tcp://127.0.0.1:" + feed + "?framing.type=line",
				"secure=tcp-listen://127.0.0.1:" + secure
						+ "?framing.type=line&ssl.bundle=tls&integration.mode=gateway",
				"tunnel=tcp://127.0.0.1:" + secure + "?framing.type=line&ssl.bundle=tls",
				"clock=tcp-listen://127.0.0.1:0?framing.type=line", "pulled=tcp-listen://127.0.0.1:0?framing.type=line",
				"control=unix-listen:" + folder.resolve("control.sock") + "?framing.type=length",
				"local=unix:" + folder.resolve("control.sock") + "?framing.type=length",
				"ground=udp-listen://127.0.0.1:" + ground + "?integration.mode=gateway",
				"drone=udp://127.0.0.1:" + ground, "around=udp-broadcast://127.0.0.1:0",
				"heard=udp-broadcast-in:127.0.0.0/8?port=0", "near=udp-subnet:127.0.0.0/8?port=0",
				"group=udp-multicast://239.255.14.51:" + group + "?interface=127.0.0.1",
				"notify=unix-datagram-listen:" + folder.resolve("notify.sock") + "?receive.descriptors=true",
				"tell=unix-datagram:" + folder.resolve("notify.sock"))) {
			if (NATIVE || !connection.contains("unix-datagram")) {
				arguments.add("--mooring.connections." + connection.replaceFirst("=", ".url="));
			}
		}
		for (String client : NATIVE ? List.of("link", "tunnel", "local", "tell") : List.of("link", "tunnel", "local")) {
			arguments.add("--mooring.connections." + client + ".phase=1");
		}
		return arguments.toArray(String[]::new);
	}

	/**
	 * Flows of the application.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Flows {

		@Bean
		IntegrationFlow feedFlow() {
			return IntegrationFlow.from("feed.in").channel("feed.out").get();
		}

		@Bean
		IntegrationFlow linkFlow() {
			return IntegrationFlow.from("link.in").handle((message) -> {
			}).get();
		}

		@Bean
		IntegrationFlow secureFlow() {
			return IntegrationFlow.from("secure.in").handle((payload, headers) -> payload).get();
		}

		@Bean
		IntegrationFlow groundFlow() {
			return IntegrationFlow.from("ground.in").handle((payload, headers) -> payload).get();
		}

		@Bean
		IntegrationFlow controlFlow() {
			return IntegrationFlow.from("control.in").channel("control.out").get();
		}

		@Bean
		TcpInboundGateway clockGateway(@Qualifier("clock.connectionFactory") AbstractServerConnectionFactory clock) {
			TcpInboundGateway gateway = new TcpInboundGateway();
			gateway.setConnectionFactory(clock);
			gateway.setRequestChannelName("times");
			return gateway;
		}

		@Bean
		IntegrationFlow timesFlow() {
			return IntegrationFlow.from("times").handle((payload, headers) -> payload).get();
		}

	}

	/**
	 * Traffic over the connections.
	 */
	private static final class Use implements AutoCloseable {

		private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

		private final Connections connections;

		private final List<AutoCloseable> sockets = new ArrayList<>();

		private CompletableFuture<?> pending = new CompletableFuture<>();

		/**
		 * Wait until all connections are open, except those without an address on
		 * loopback.
		 */
		Use(Connections connections) {
			this.connections = connections;
			await().atMost(SOON)
				.pollDelay(Duration.ZERO)
				.pollInterval(POLL)
				.until(() -> connections.names()
					.stream()
					.filter((name) -> !name.equals("heard"))
					.allMatch((name) -> connections.get(name).getState() == ConnectionState.CONNECTED));
			// A client that is not accepted
			this.sockets.add(socket("pulled"));
		}

		void exchange() {
			Connections all = this.connections;
			for (String name : List.of("link", "tunnel", "local")) {
				long before = all.get(name).getStatistics().received();
				all.get(name, StreamConnection.class).send(HELLO);
				awaitReceived(name, before);
			}
			long before = all.get("drone").getStatistics().received();
			all.get("drone", DatagramConnection.class).send(HELLO);
			awaitReceived("drone", before);
			before = all.get("group").getStatistics().received();
			all.get("group", MulticastConnection.class).send(HELLO);
			awaitReceived("group", before);
			if (NATIVE) {
				before = all.get("notify").getStatistics().received();
				all.get("tell", UnixDatagramConnection.class).send(HELLO);
				awaitReceived("notify", before);
			}
			this.pending = all.get("near", DatagramConnection.class).receiveAsync();
			clock();
			this.sockets.add(socket("pulled"));
			all.get("pulled", StreamListener.class).accept(Duration.ofSeconds(10));
		}

		private void awaitReceived(String name, long before) {
			await(name).atMost(SOON)
				.pollDelay(Duration.ZERO)
				.pollInterval(POLL)
				.until(() -> this.connections.get(name).getStatistics().received() > before);
		}

		private void clock() {
			try (Socket socket = socket("clock")) {
				socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
				socket.getInputStream().readNBytes(6);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private Socket socket(String name) {
			Connection listener = this.connections.get(name);
			try {
				return new Socket(InetAddress.getLoopbackAddress(),
						((InetSocketAddress) listener.getLocalAddress()).getPort());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() throws Exception {
			if (!this.pending.isDone()) {
				throw new IllegalStateException("A receive is still pending");
			}
			for (AutoCloseable socket : this.sockets) {
				socket.close();
			}
		}

	}

}
