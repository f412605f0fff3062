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

package io.mooring.benchmarks.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext.IntegrationFlowRegistration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.Connections;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.benchmarks.workload.Kind;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * Mooring, with channels or with beans.
 */
public final class MooringEngine implements Engine {

	private static final String NAME = "bench";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final boolean metered;

	private final boolean byBean;

	private @Nullable BootApplication application;

	/**
	 * Create the contender.
	 * @param metered whether the application has a meter registry
	 * @param byBean whether to send by the connection's bean instead of its channel
	 */
	public MooringEngine(boolean metered, boolean byBean) {
		this.metered = metered;
		this.byBean = byBean;
	}

	@Override
	public Endpoint receive(Workload workload, MessageHandler consumer) throws Exception {
		Connection connection = declare(listener(workload));
		application().channel(NAME + ".in").subscribe(consumer);
		return new Declared(connection, workload, null);
	}

	@Override
	public Endpoint answer(Workload workload) throws Exception {
		if (workload.kind() == Kind.ANSWER_BY_GATEWAY) {
			Connection connection = declare(listener(workload) + "&integration.mode=gateway");
			return new Declared(connection, workload, application().register(
					IntegrationFlow.from(NAME + ".in").handle(byte[].class, (payload, headers) -> payload).get()));
		}
		Connection connection = declare(listener(workload));
		return new Declared(connection, workload,
				application().register(IntegrationFlow.from(NAME + ".in").channel(NAME + ".out").get()));
	}

	@Override
	public Endpoint connect(Workload workload, String target) throws Exception {
		String url = (workload.protocol() == Protocol.UDP) ? "udp://127.0.0.1:" + target
				: "tcp://127.0.0.1:" + target + "?framing.type=" + workload.variant();
		return new Declared(declare((workload.kind() == Kind.REQUEST) ? url + "&integration.mode=gateway" : url),
				workload, null);
	}

	@Override
	public BootApplication start(int connections) {
		return BootApplication.start(this.metered, BootApplication.names(connections)
			.stream()
			.map((name) -> "--mooring.connections." + name + ".url=tcp-listen://127.0.0.1:0?framing.type=length")
			.toArray(String[]::new));
	}

	private static String listener(Workload workload) throws IOException {
		return switch (workload.protocol()) {
			case TCP -> "tcp-listen://127.0.0.1:0?socket.backlog=1024&framing.type=" + workload.variant();
			case UDP -> "udp-listen://127.0.0.1:0";
			case UNIX -> "unix-listen:" + path() + "?framing.type=" + workload.variant();
			case UNIX_DATAGRAM -> "unix-datagram-listen:" + path() + switch (workload.variant()) {
				case "descriptor" -> "?receive.descriptors=true";
				case "credentials" -> "?receive.credentials=true";
				default -> "";
			};
		};
	}

	private static Path path() throws IOException {
		return Files.createTempDirectory("bench").resolve("socket");
	}

	private Connection declare(String url) throws InterruptedException {
		Connection connection = application().bean(Connections.class).declare(NAME, url);
		if (!connection.awaitState(ConnectionState.CONNECTED, PATIENCE)) {
			throw new IllegalStateException(url + " does not open: " + connection.getStatus());
		}
		return connection;
	}

	private BootApplication application() {
		BootApplication started = this.application;
		if (started == null) {
			started = BootApplication.start(this.metered);
			this.application = started;
		}
		return started;
	}

	@Override
	public void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private final class Declared implements Endpoint {

		private final Connection connection;

		private final Workload workload;

		private final @Nullable IntegrationFlowRegistration flow;

		private final MessageChannel out = application().channel(NAME + ".out");

		private final MessagingTemplate template = new MessagingTemplate();

		Declared(Connection connection, Workload workload, @Nullable IntegrationFlowRegistration flow) {
			this.connection = connection;
			this.workload = workload;
			this.flow = flow;
		}

		@Override
		public String address() {
			Object local = this.connection.getLocalAddress();
			return (local instanceof InetSocketAddress address) ? String.valueOf(address.getPort())
					: String.valueOf(local);
		}

		@Override
		public void send(byte[] payload) {
			if (!MooringEngine.this.byBean) {
				this.out.send(new GenericMessage<>(payload));
			}
			else if (this.connection instanceof StreamConnection stream) {
				stream.send(payload);
			}
			else {
				((DatagramConnection) this.connection).send(payload);
			}
		}

		@Override
		public byte[] request(byte[] payload) {
			Message<?> reply = this.template.sendAndReceive(this.out, new GenericMessage<>(payload));
			if (reply == null) {
				throw new IllegalStateException("There was no reply");
			}
			return (byte[]) reply.getPayload();
		}

		@Override
		public void close() {
			if (this.workload.kind() != Kind.HOLD && !MooringEngine.this.byBean) {
				application().requireTimer(NAME + (this.workload.kind().isServer() ? ".in" : ".out"));
			}
			if (this.flow != null) {
				this.flow.destroy();
			}
			application().bean(Connections.class).remove(NAME);
		}

	}

}
