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

package io.mooring.autoconfigure;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.messaging.Message;

import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests from properties to the flow, with many datagrams.
 */
@Timeout(120)
class DatagramFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withHealth().withUserConfiguration(Flow.class);

	@Test
	void pacedDatagramsArriveCompleteAndInOrder() {
		int count = 100_000;
		int window = 100;
		this.runner.withPropertyValues("mooring.connections.telemetry.url=udp-listen://127.0.0.1:0").run((context) -> {
			DatagramConnection telemetry = context.getBean("telemetry", DatagramConnection.class);
			Handler handler = context.getBean(Handler.class);
			try (DatagramSocket peer = new DatagramSocket()) {
				peer.connect(telemetry.getLocalAddress());
				for (int i = 0; i < count; i++) {
					byte[] payload = ByteBuffer.allocate(64).putInt(i).array();
					peer.send(new DatagramPacket(payload, payload.length));
					if (i % window == 0) {
						// Flow control: never more datagrams in transit than the smallest
						// kernel buffer holds
						int sent = i;
						await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(() -> handler.next.get() > sent);
					}
				}
			}
			await().atMost(SOON).until(() -> handler.next.get() == count);
			assertThat(handler.seen.cardinality()).isEqualTo(count);
			assertThat(handler.outOfOrder.get()).isZero();
			assertThat(telemetry.getStatistics().received()).isEqualTo(count);
			assertThat(telemetry.getStatistics().dropped()).isZero();
		});
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what its kernel dropped")
	void slowHandlerLosesInTheKernelAndHealthSaysSo() {
		int count = 2000;
		this.runner
			.withPropertyValues("mooring.connections.telemetry.url=udp-listen://127.0.0.1:0",
					"mooring.connections.telemetry.socket.receive-buffer=8KB")
			.run((context) -> {
				DatagramConnection telemetry = context.getBean("telemetry", DatagramConnection.class);
				Handler handler = context.getBean(Handler.class);
				handler.hold = new CountDownLatch(1);
				try (DatagramSocket peer = new DatagramSocket()) {
					for (int i = 0; i < count; i++) {
						peer.send(new DatagramPacket(new byte[100], 100,
								(InetSocketAddress) telemetry.getLocalAddress()));
					}
				}
				await().atMost(SOON).until(() -> telemetry.getStatistics().dropped(DropReason.KERNEL) > 0);
				// All except the one being handled are in the kernel
				assertThat(telemetry.getStatistics().received()).isLessThanOrEqualTo(1);
				assertThat(telemetry.getStatistics().dropped(DropReason.QUEUE_FULL)).isZero();
				IndicatedHealthDescriptor health = (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class)
					.healthForPath("connections", "telemetry");
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails().get("drops").toString()).contains("kernel=");
				handler.hold.countDown();
				await().atMost(SOON)
					.until(() -> telemetry.getStatistics().received()
							+ telemetry.getStatistics().dropped(DropReason.KERNEL) == count);
			});
	}

	static final class Handler {

		private final AtomicInteger next = new AtomicInteger();

		private final AtomicInteger outOfOrder = new AtomicInteger();

		private final BitSet seen = new BitSet();

		private volatile CountDownLatch hold = new CountDownLatch(0);

		@ServiceActivator(inputChannel = "telemetry.in")
		void on(Message<byte[]> message) throws InterruptedException {
			this.hold.await(30, TimeUnit.SECONDS);
			int number = ByteBuffer.wrap(message.getPayload()).getInt();
			if (number != this.next.get()) {
				this.outOfOrder.incrementAndGet();
			}
			this.seen.set(number);
			this.next.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Flow {

		@Bean
		Handler handler() {
			return new Handler();
		}

	}

}
