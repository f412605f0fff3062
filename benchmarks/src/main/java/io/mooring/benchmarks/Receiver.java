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

package io.mooring.benchmarks;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.MessageProducerSpec;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.ip.dsl.Tcp;
import org.springframework.integration.ip.dsl.Udp;
import org.springframework.integration.ip.tcp.serializer.AbstractByteArraySerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayCrLfSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.messaging.SubscribableChannel;

import io.mooring.Connection;
import io.mooring.ConnectionState;

/**
 * Receives on a port and counts what arrives in a flow.
 */
final class Receiver implements AutoCloseable {

	private final LongAdder count = new LongAdder();

	private final int port;

	private final ConfigurableApplicationContext context;

	private Receiver(boolean mooring, Workload workload) throws Exception {
		if (mooring) {
			this.context = application("--mooring.connections.bench.url=" + url(workload));
			this.context.getBean("bench.in", SubscribableChannel.class).subscribe((message) -> this.count.increment());
			Connection bench = this.context.getBean("bench", Connection.class);
			bench.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(10));
			this.port = ((InetSocketAddress) bench.getLocalAddress()).getPort();
		}
		else {
			this.context = application();
			this.port = freePort(workload);
			DirectChannel channel = new DirectChannel();
			channel.subscribe((message) -> this.count.increment());
			this.context.getBean(IntegrationFlowContext.class)
				.registration(IntegrationFlow.from(adapter(workload, this.port)).channel(channel).get())
				.register();
		}
	}

	static Receiver mooring(Workload workload) throws Exception {
		return new Receiver(true, workload);
	}

	static Receiver springIntegration(Workload workload) throws Exception {
		return new Receiver(false, workload);
	}

	private static String url(Workload workload) {
		return switch (workload) {
			case TCP_LENGTH -> "tcp-listen://127.0.0.1:0?framing.type=length";
			case TCP_CRLF -> "tcp-listen://127.0.0.1:0?framing.type=crlf";
			case UDP -> "udp-listen://127.0.0.1:0";
		};
	}

	private static MessageProducerSpec<?, ?> adapter(Workload workload, int port) {
		if (workload == Workload.UDP) {
			return Udp.inboundAdapter(port);
		}
		AbstractByteArraySerializer serializer = (workload == Workload.TCP_LENGTH)
				? new ByteArrayLengthHeaderSerializer(4) : new ByteArrayCrLfSerializer();
		return Tcp.inboundAdapter(Tcp.netServer(port).serializer(serializer).deserializer(serializer));
	}

	private static int freePort(Workload workload) throws Exception {
		if (workload == Workload.UDP) {
			try (DatagramSocket socket = new DatagramSocket()) {
				return socket.getLocalPort();
			}
		}
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static ConfigurableApplicationContext application(String... args) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=error")
			.run(args);
	}

	int port() {
		return this.port;
	}

	long count() {
		return this.count.sum();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
