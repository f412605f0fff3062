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

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;

import io.mooring.PeerCredentials;
import io.mooring.integration.MooringHeaders;

/**
 * Flow that prints the datagrams received on the connection {@code notify}, with process
 * and user of the sender. Received descriptors are closed when the flow returns;
 * {@code systemd-notify} waits for that.
 */
@Configuration(proxyBeanMethods = false)
class NotifyFlow {

	private static final Logger logger = LoggerFactory.getLogger(NotifyFlow.class);

	@Bean
	IntegrationFlow printNotifications() {
		return IntegrationFlow.from("notify.in").handle((message) -> logger.info("{}", describe(message))).get();
	}

	static String describe(Message<?> message) {
		String text = new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).strip()
			.replace("\n", ", ")
			.replaceAll("\\p{Cc}", "?");
		PeerCredentials sender = message.getHeaders().get(MooringHeaders.CREDENTIALS, PeerCredentials.class);
		List<?> descriptors = message.getHeaders().get(MooringHeaders.FILE_DESCRIPTORS, List.class);
		return text + ((sender != null) ? " (pid %d, uid %d)".formatted(sender.pid(), sender.uid()) : "")
				+ ((descriptors != null) ? " with %d descriptor(s)".formatted(descriptors.size()) : "");
	}

}
