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
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;

import io.mooring.Connections;
import io.mooring.PeerCredentials;
import io.mooring.integration.MooringHeaders;

/**
 * Flow that replies to each line on the connection {@code control}, the name of a
 * connection, with the state of that connection, and prints process and user of the
 * client.
 */
@Configuration(proxyBeanMethods = false)
class ControlFlow {

	private static final Logger logger = LoggerFactory.getLogger(ControlFlow.class);

	@Bean
	IntegrationFlow answerControl(Connections connections) {
		// The headers of the line contain the id of the client, to which the reply is
		// sent
		return IntegrationFlow.from("control.in")
			.handle(byte[].class,
					(line, headers) -> answer(connections, new String(line, StandardCharsets.UTF_8).strip(),
							headers.get(MooringHeaders.CREDENTIALS, PeerCredentials.class)))
			.channel("control.out")
			.get();
	}

	private static String answer(Connections connections, String name, @Nullable PeerCredentials peer) {
		if (peer != null) {
			logger.info("pid {} of uid {} asks for {}", peer.pid(), peer.uid(), name.replaceAll("\\p{Cc}", "?"));
		}
		return connections.names().contains(name) ? name + " is " + connections.get(name).getState()
				: "known are " + new TreeSet<>(connections.names());
	}

}
