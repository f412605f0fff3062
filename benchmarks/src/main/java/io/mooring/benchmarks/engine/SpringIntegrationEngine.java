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

import java.time.Duration;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext.IntegrationFlowRegistration;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.dsl.TcpNetClientConnectionFactorySpec;
import org.springframework.integration.ip.dsl.TcpServerConnectionFactorySpec;
import org.springframework.integration.ip.dsl.Udp;
import org.springframework.integration.ip.dsl.UdpInboundChannelAdapterSpec;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.serializer.AbstractByteArraySerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayCrLfSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.benchmarks.workload.Kind;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * Channel adapters and gateways of spring-integration-ip, with their defaults.
 */
public final class SpringIntegrationEngine implements Engine {

	private static final String IN = "si.in";

	private static final String OUT = "si.out";

	private final boolean metered;

	private final boolean nio;

	private @Nullable BootApplication application;

	/**
	 * Create the contender.
	 * @param metered whether the application has a meter registry
	 * @param nio whether servers use NIO instead of a thread for each client
	 */
	public SpringIntegrationEngine(boolean metered, boolean nio) {
		this.metered = metered;
		this.nio = nio;
	}

	@Override
	public Endpoint receive(Workload workload, MessageHandler consumer) throws Exception {
		if (workload.protocol() == Protocol.UDP) {
			UdpInboundChannelAdapterSpec spec = Udp.inboundAdapter(0).localAddress("127.0.0.1");
			Registered registered = register(IntegrationFlow.from(spec).channel(IN).get(), workload);
			application().channel(IN).subscribe(consumer);
			registered.awaitPort(() -> spec.getObject().isListening() ? spec.getObject().getPort() : 0);
			return registered;
		}
		TcpServerConnectionFactorySpec<?, ?> server = server(workload);
		Registered registered = register(IntegrationFlow.from(Tcp.inboundAdapter(server)).channel(IN).get(), workload);
		application().channel(IN).subscribe(consumer);
		registered.awaitPort(server.getObject());
		return registered;
	}

	@Override
	public Endpoint answer(Workload workload) throws Exception {
		TcpServerConnectionFactorySpec<?, ?> server = server(workload);
		IntegrationFlow flow = (workload.kind() == Kind.ANSWER_BY_GATEWAY)
				? IntegrationFlow.from(Tcp.inboundGateway(server))
					.channel(IN)
					.handle(byte[].class, (payload, headers) -> payload)
					.get()
				: IntegrationFlow.from(Tcp.inboundAdapter(server))
					.channel(IN)
					.channel(OUT)
					.handle(Tcp.outboundAdapter(server.getObject()))
					.get();
		Registered registered = register(flow, workload);
		registered.awaitPort(server.getObject());
		return registered;
	}

	@Override
	public Endpoint connect(Workload workload, String target) {
		int port = Integer.parseInt(target);
		if (workload.protocol() == Protocol.UDP) {
			return register(IntegrationFlow.from(OUT).handle(Udp.outboundAdapter("127.0.0.1", port)).get(), workload);
		}
		AbstractByteArraySerializer serializer = serializer(workload);
		TcpNetClientConnectionFactorySpec client = Tcp.netClient("127.0.0.1", port)
			.serializer(serializer)
			.deserializer(serializer);
		return register(
				(workload.kind() == Kind.REQUEST) ? IntegrationFlow.from(OUT).handle(Tcp.outboundGateway(client)).get()
						: IntegrationFlow.from(OUT).handle(Tcp.outboundAdapter(client)).get(),
				workload);
	}

	@Override
	public BootApplication start(int connections) {
		return BootApplication.start(this.metered, (context) -> register(context, connections));
	}

	private void register(ConfigurableApplicationContext context, int connections) {
		Workload workload = new Workload(Kind.START, Protocol.TCP, "length", 0);
		for (String name : BootApplication.names(connections)) {
			((GenericApplicationContext) context).registerBean(name, IntegrationFlow.class,
					() -> IntegrationFlow.from(Tcp.inboundAdapter(server(workload))).channel(name + ".in").get());
		}
	}

	private TcpServerConnectionFactorySpec<?, ?> server(Workload workload) {
		AbstractByteArraySerializer serializer = serializer(workload);
		TcpServerConnectionFactorySpec<?, ?> server = this.nio ? Tcp.nioServer(0) : Tcp.netServer(0);
		server.localAddress("127.0.0.1").backlog(1024).serializer(serializer).deserializer(serializer);
		return server;
	}

	private static AbstractByteArraySerializer serializer(Workload workload) {
		return "crlf".equals(workload.variant()) ? new ByteArrayCrLfSerializer()
				: new ByteArrayLengthHeaderSerializer(4);
	}

	private Registered register(IntegrationFlow flow, Workload workload) {
		return new Registered(application().register(flow), workload);
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

	private final class Registered implements Endpoint {

		private final IntegrationFlowRegistration flow;

		private final Workload workload;

		private final MessagingTemplate template = new MessagingTemplate();

		private int port;

		Registered(IntegrationFlowRegistration flow, Workload workload) {
			this.flow = flow;
			this.workload = workload;
		}

		void awaitPort(AbstractServerConnectionFactory server) throws InterruptedException {
			awaitPort(() -> server.isListening() ? server.getPort() : 0);
		}

		void awaitPort(IntSupplier listening) throws InterruptedException {
			long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
			while (this.port <= 0) {
				if (System.nanoTime() > end) {
					throw new IllegalStateException("The adapter does not listen");
				}
				Thread.sleep(1);
				this.port = listening.getAsInt();
			}
		}

		@Override
		public String address() {
			return String.valueOf(this.port);
		}

		@Override
		public void send(byte[] payload) {
			this.flow.getInputChannel().send(new GenericMessage<>(payload));
		}

		@Override
		public byte[] request(byte[] payload) {
			Message<?> reply = this.template.sendAndReceive(this.flow.getInputChannel(), new GenericMessage<>(payload));
			if (reply == null) {
				throw new IllegalStateException("There was no reply");
			}
			return (byte[]) reply.getPayload();
		}

		@Override
		public void close() {
			if (this.workload.kind() != Kind.HOLD) {
				application().requireTimer(this.workload.kind().isServer() ? IN : OUT);
			}
			this.flow.destroy();
		}

	}

}
