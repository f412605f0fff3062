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
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

import io.mooring.autoconfigure.properties.ConnectionDeclarations;

/**
 * {@link RuntimeHintsRegistrar} for the types that the registrar and Netty access by
 * reflection in a native image.
 */
class MooringRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		ConnectionDeclarations.registerHints(hints);
		registerUnixSocketsOfNio(hints, classLoader);
	}

	/**
	 * Register hints that are missing from Netty's own metadata.
	 */
	private void registerUnixSocketsOfNio(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (String channel : new String[] { "NioDomainSocketChannel", "NioServerDomainSocketChannel" }) {
			hints.reflection()
				.registerTypeIfPresent(classLoader, "io.netty.channel.socket.nio." + channel,
						MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
		}
		hints.reflection()
			.registerType(SelectorProvider.class,
					(type) -> type
						.withMethod("openSocketChannel", TypeReference.listOf(ProtocolFamily.class),
								ExecutableMode.INVOKE)
						.withMethod("openServerSocketChannel", TypeReference.listOf(ProtocolFamily.class),
								ExecutableMode.INVOKE))
			.registerType(UnixDomainSocketAddress.class,
					(type) -> type.withMethod("of", TypeReference.listOf(String.class), ExecutableMode.INVOKE)
						.withMethod("getPath", List.of(), ExecutableMode.INVOKE));
	}

}
