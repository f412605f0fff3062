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

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.MessageHeaders;

import io.mooring.DatagramConnection;

/**
 * Flow that replies to senders to the group of the connection {@code hear}; datagrams
 * that are not UTF-8 are ignored. With the property {@code mooring.demo.hear.stop-word},
 * that word closes the connection; any host on the network could send it, so there is
 * none by default.
 */
@Configuration(proxyBeanMethods = false)
class HearFlow {

	private static final Logger logger = LoggerFactory.getLogger(HearFlow.class);

	private final DatagramConnection hear;

	private final String stopWord;

	HearFlow(DatagramConnection hear, @Value("${mooring.demo.hear.stop-word:}") String stopWord) {
		this.hear = hear;
		this.stopWord = stopWord;
	}

	@Bean
	IntegrationFlow answerWhatIsHeard() {
		return IntegrationFlow.from("hear.in").handle(byte[].class, this::answer).get();
	}

	private @Nullable String answer(byte[] payload, MessageHeaders headers) {
		String text = text(payload);
		InetSocketAddress sender = headers.get(IpHeaders.PACKET_ADDRESS, InetSocketAddress.class);
		if (text == null || sender == null) {
			return null;
		}
		logger.info("{} said {}", sender, text);
		if (!this.stopWord.isEmpty() && text.equals(this.stopWord)) {
			this.hear.close();
			return null;
		}
		return "HEAR [ %s SAID (%s, %d) ] from me".formatted(text.toUpperCase(Locale.ROOT),
				sender.getAddress().getHostAddress(), sender.getPort());
	}

	private static @Nullable String text(byte[] payload) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString().strip();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
