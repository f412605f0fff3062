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

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;

/**
 * Gateway of spring-integration-ip that replies to each line from a client of the
 * connection {@code clock} with the time.
 */
@Configuration(proxyBeanMethods = false)
class TimeGateway {

	@Bean
	TcpInboundGateway answerWithTheTime(@Qualifier("clock.connectionFactory") AbstractServerConnectionFactory clock) {
		TcpInboundGateway gateway = new TcpInboundGateway();
		gateway.setConnectionFactory(clock);
		gateway.setRequestChannelName("clockRequests");
		return gateway;
	}

	@Bean
	DirectChannel clockRequests() {
		return new DirectChannel();
	}

	@ServiceActivator(inputChannel = "clockRequests")
	String tell(byte[] request) {
		return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
	}

}
