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

package io.mooring.transport.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.mooring.codec.Framing;

/**
 * The framings that {@code framing.type} names without a bean, and the keys that each of
 * them reads.
 */
final class BuiltInFramings {

	private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

	static {
		add("raw", (settings) -> Framing.raw());
		add("length", (settings) -> Framing.length(settings.lengthBytes()), "length-bytes");
		add("line", (settings) -> Framing.line());
		add("crlf", (settings) -> Framing.crlf());
		add("delimiter", (settings) -> Framing.delimiter(Objects.requireNonNull(settings.delimiter())), "delimiter");
		add("fixed", (settings) -> Framing.fixed(Math.toIntExact(Objects.requireNonNull(settings.size()).toBytes())),
				"size");
		add("stx-etx", (settings) -> Framing.stxEtx());
	}

	private BuiltInFramings() {
	}

	private static void add(String name, Function<FramingSettings, Framing> factory, String... keys) {
		KINDS.put(name, new Kind(name, factory, Set.of(keys)));
	}

	static List<String> names() {
		return List.copyOf(KINDS.keySet());
	}

	/**
	 * Find a framing by its name in any spelling.
	 */
	static @Nullable Kind find(String type) {
		return KINDS.get(type.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT));
	}

	/**
	 * Return the names of the framings that read a key.
	 */
	static List<String> readers(String key) {
		return KINDS.values().stream().filter((kind) -> kind.keys().contains(key)).map(Kind::name).toList();
	}

	/**
	 * Return the keys that only some framings read.
	 */
	static List<String> keys() {
		return KINDS.values().stream().flatMap((kind) -> kind.keys().stream().sorted()).distinct().toList();
	}

	/**
	 * A built-in framing.
	 *
	 * @param name the name
	 * @param factory creates the framing
	 * @param keys the keys that it reads
	 */
	record Kind(String name, Function<FramingSettings, Framing> factory, Set<String> keys) {

	}

}
