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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;

/**
 * Flow that forwards each line from a client of the connection {@code feed} to all of its
 * clients, and prints the lines received by the connection {@code client}, which is one
 * of them.
 */
@Configuration(proxyBeanMethods = false)
class FeedFlow {

	private static final Logger logger = LoggerFactory.getLogger(FeedFlow.class);

	@Bean
	IntegrationFlow passOn() {
		// With the id of the client it would be sent to that client only
		return IntegrationFlow.from("feed.in").headerFilter(IpHeaders.CONNECTION_ID).channel("feed.out").get();
	}

	@Bean
	IntegrationFlow printFeed() {
		return IntegrationFlow.from("client.in")
			.handle(byte[].class, (line, headers) -> new String(line, StandardCharsets.UTF_8))
			.handle((message) -> logger.info("{}", message.getPayload()))
			.get();
	}

}
