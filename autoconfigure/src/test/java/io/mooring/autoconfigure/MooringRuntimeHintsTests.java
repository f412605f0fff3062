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

import java.net.ProtocolFamily;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import io.mooring.supervision.ReconnectSettings;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.settings.ReceiveSettings;

import static org.assertj.core.api.Assertions.assertThat;

class MooringRuntimeHintsTests {

	@Test
	void propertiesCanBeBoundInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new MooringRuntimeHints().registerHints(hints, null);
		for (Class<?> type : List.of(ReceiveSettings.class, ReconnectSettings.class, MulticastSettings.Member.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).accepts(hints);
			assertThat(hints.reflection().getTypeHint(TypeReference.of(type)).constructors()).isNotEmpty();
		}
	}

	@Test
	void unixSocketsOfNioOpenInANativeImage() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new MooringRuntimeHints().registerHints(hints, getClass().getClassLoader());
		for (Class<?> channel : List.of(NioDomainSocketChannel.class, NioServerDomainSocketChannel.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(channel.getConstructor()))
				.accepts(hints);
		}
		for (String opener : List.of("openSocketChannel", "openServerSocketChannel")) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(SelectorProvider.class.getMethod(opener, ProtocolFamily.class))).accepts(hints);
		}
	}

}
