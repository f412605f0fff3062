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

package io.mooring.integration.internal;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.Datagram;
import io.mooring.IntegrationMode;
import io.mooring.integration.IntegrationSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ConnectionOutboundHandler} and {@link DatagramMapping}.
 */
class OutboundAdapterTests {

	private final Peer peer = new Peer();

	private final Peer other = new Peer();

	private final ApplicationContextRunner client = TestConnections
		.with(TestConnections.client("beacon", this.peer.port()));

	private final ApplicationContextRunner listener = TestConnections.with(TestConnections.listener("ground"));

	@AfterEach
	void close() {
		this.peer.close();
		this.other.close();
	}

	@Test
	void bytesGoToTheDefaultRecipient() {
		this.client.run((context) -> {
			send(context, "beacon.out", "bytes".getBytes(StandardCharsets.UTF_8), Map.of());
			assertThat(this.peer.receive()).isEqualTo("bytes");
			send(context, "beacon.out", new byte[0], Map.of());
			assertThat(this.peer.receive()).isEmpty();
		});
	}

	@Test
	void textIsSentAsUtf8() {
		this.client.run((context) -> {
			send(context, "beacon.out", "grün", Map.of());
			assertThat(this.peer.receive()).isEqualTo("grün");
		});
	}

	@Test
	void otherPayloadsAreRefusedByConnectionAndType() {
		this.client.run((context) -> assertThatExceptionOfType(MessageHandlingException.class)
			.isThrownBy(() -> send(context, "beacon.out", 42, Map.of()))
			.withMessageContaining("Connection 'beacon' cannot send a payload of type java.lang.Integer; "
					+ "accepted are byte[], and String, sent as UTF-8"));
	}

	@Test
	void theRecipientHeaderChooses() {
		this.listener.run((context) -> {
			send(context, "ground.out", "one", Map.of("mooring_recipient", this.peer.address()));
			assertThat(this.peer.receive()).isEqualTo("one");
			send(context, "ground.out", "two", Map.of("mooring_recipient", "127.0.0.1:" + this.peer.port(),
					IpHeaders.PACKET_ADDRESS, this.other.address()));
			assertThat(this.peer.receive()).isEqualTo("two");
			send(context, "ground.out", "three",
					Map.of("mooring_recipient", InetSocketAddress.createUnresolved("127.0.0.1", this.peer.port())));
			assertThat(this.peer.receive()).isEqualTo("three");
		});
	}

	@Test
	void recipientsThatAreNoAddressAreRefused() {
		this.listener.run((context) -> {
			for (Object recipient : new Object[] { "nowhere", "::1:5000", "[::1]", "127.0.0.1:0", "127.0.0.1:70000",
					42 }) {
				assertThatExceptionOfType(MessageHandlingException.class)
					.isThrownBy(() -> send(context, "ground.out", "x", Map.of("mooring_recipient", recipient)))
					.withMessageContaining(
							"Connection 'ground' cannot send to the header mooring_recipient \"" + recipient + "\": ");
			}
		});
	}

	@Test
	void anIpv6RecipientStandsInBrackets() {
		assertThat(Recipients.chosen(new GenericMessage<>("x", Map.of("mooring_recipient", "[::1]:5000")), "ground"))
			.isEqualTo(new InetSocketAddress("::1", 5000));
	}

	@Test
	void whatAFlowReturnsGoesToTheSender() {
		this.listener
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("ground.in")
						.transform(byte[].class, (bytes) -> new String(bytes, StandardCharsets.UTF_8).toUpperCase())
						.channel("ground.out")
						.get())
			.run((context) -> {
				this.peer.send("hear", address(context, "ground"));
				assertThat(this.peer.receive()).isEqualTo("HEAR");
			});
	}

	@Test
	void addressAndPortHeadersMakeARecipient() {
		this.listener.run((context) -> {
			send(context, "ground.out", "one", Map.of(IpHeaders.IP_ADDRESS, "127.0.0.1", IpHeaders.HOSTNAME,
					"host.invalid", IpHeaders.PORT, this.peer.port()));
			assertThat(this.peer.receive()).isEqualTo("one");
			send(context, "ground.out", "two",
					Map.of(IpHeaders.HOSTNAME, "localhost", IpHeaders.PORT, "" + this.peer.port()));
			assertThat(this.peer.receive()).isEqualTo("two");
		});
	}

	@Test
	void whatCameInElsewhereIsForwardedToTheDefaultRecipient() {
		this.listener.run((context) -> assertThatExceptionOfType(MessageHandlingException.class)
			.isThrownBy(() -> send(context, "ground.out", "x",
					Map.of("mooring_connection", "elsewhere", IpHeaders.PACKET_ADDRESS, this.peer.address())))
			.havingCause()
			.isInstanceOf(ConnectionException.class)
			.withMessage("Connection 'ground' has no default recipient"));
	}

	@Test
	void aClientHasOneRemoteWhateverIpHeadersSay() {
		TestConnections.with(TestConnections.listener("ground"), TestConnections.client("beacon", this.peer.port()))
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("ground.in").channel("beacon.out").get())
			.run((context) -> {
				this.other.send("forwarded", address(context, "ground"));
				assertThat(this.peer.receive()).isEqualTo("forwarded");
				send(context, "beacon.out", "plain", Map.of(IpHeaders.PACKET_ADDRESS, this.other.address()));
				assertThat(this.peer.receive()).isEqualTo("plain");
			});
	}

	@Test
	void aChannelOfTheUsersIsUsedAlsoAQueue() {
		ConnectionSpec spec = TestConnections.listener("ground",
				(builder) -> builder.integration(new IntegrationSettings(true, IntegrationMode.ADAPTER, null, "bus",
						"errorChannel", Duration.ofSeconds(5))));
		Function<Object, Map<String, Object>> to = (address) -> Map.of("mooring_recipient", address);
		TestConnections.with(spec)
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("start").transform((payload) -> payload + "!").channel("bus").get())
			.run((context) -> {
				assertThat(context).doesNotHaveBean("ground.out");
				send(context, "start", "direct", to.apply(this.peer.address()));
				assertThat(this.peer.receive()).isEqualTo("direct!");
			});
		TestConnections.with(spec).withBean("bus", QueueChannel.class).run((context) -> {
			send(context, "bus", "queued", to.apply(this.peer.address()));
			assertThat(this.peer.receive()).isEqualTo("queued");
		});
	}

	@Test
	void headersOfASenderAreMadeOnce() {
		DatagramMapping mapping = new DatagramMapping(new TestDatagramConnection(TestConnections.listener("ground")));
		InetSocketAddress first = new InetSocketAddress("127.0.0.1", 5000);
		assertThat(packetAddress(mapping, first)).isSameAs(first);
		assertThat(packetAddress(mapping, new InetSocketAddress("127.0.0.1", 5000))).isSameAs(first);
		for (int port = 10_000; port < 20_000; port++) {
			packetAddress(mapping, new InetSocketAddress("127.0.0.1", port));
		}
		assertThat(packetAddress(mapping, new InetSocketAddress("127.0.0.1", 5000))).as("forgotten by now")
			.isNotSameAs(first);
	}

	private Object packetAddress(DatagramMapping mapping, InetSocketAddress sender) {
		return mapping.toMessage(new Datagram(new byte[0], sender, false)).getHeaders().get(IpHeaders.PACKET_ADDRESS);
	}

	private void send(ApplicationContext context, String channel, Object payload, Map<String, Object> headers) {
		context.getBean(channel, MessageChannel.class).send(new GenericMessage<>(payload, headers));
	}

	private InetSocketAddress address(ApplicationContext context, String name) {
		return context.getBean(name, TestDatagramConnection.class).getLocalAddress();
	}

}
