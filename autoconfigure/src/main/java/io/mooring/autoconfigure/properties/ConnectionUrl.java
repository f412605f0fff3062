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

package io.mooring.autoconfigure.properties;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.mooring.Direction;

/**
 * A connection's URL,
 * {@code type[+log][+rd][+wr][+name]:[//host:port][/path]?key=value&…}, taken apart into
 * the keys that it stands for.
 *
 * @param type the type, in lower case
 * @param wireLog whether it has {@code +log}
 * @param interceptors every other {@code +name}, in order
 * @param direction what {@code +rd} and {@code +wr} say, {@code null} without them
 * @param path what is between authority and parameters, empty if there is nothing
 * @param keys values by key as it is spelled, {@code host} and {@code port} included
 */
record ConnectionUrl(String type, boolean wireLog, List<String> interceptors, @Nullable Direction direction,
		String path, Map<String, String> keys) {

	private static final Pattern URL = Pattern
		.compile("(?<type>[A-Za-z][A-Za-z0-9-]*)(?<middleware>(\\+[^:+/?]*)*):(//(?<authority>[^/?#]*))?"
				+ "(?<path>[^?#]*)(\\?(?<query>[^#]*))?");

	private static final Pattern AUTHORITY = Pattern
		.compile("(\\[(?<literal>[^\\[\\]@]*)\\]|(?<host>[^:\\[\\]@]*))(:(?<port>[^:\\[\\]@]*))?");

	static final List<String> MIDDLEWARE = List.of("log", "rd", "wr");

	static final String FORM = "type[+log][+rd][+wr]:[//host:port][/path][?key=value&...]";

	/**
	 * Take a URL apart.
	 * @param url the URL
	 * @param problems takes what is wrong with it
	 * @return the parts that could be read, {@code null} if there are none
	 */
	static @Nullable ConnectionUrl parse(String url, Consumer<String> problems) {
		Matcher matcher = URL.matcher(url.strip());
		if (!matcher.matches()) {
			problems.accept("is not a URL of the form " + FORM);
			return null;
		}
		Parser parser = new Parser(problems);
		parser.authority(matcher.group("authority"));
		parser.query(matcher.group("query"));
		Set<String> middleware = parser.middleware(matcher.group("middleware"));
		Direction direction = middleware.contains("rd") ? Direction.RECEIVE
				: (middleware.contains("wr") ? Direction.SEND : null);
		String path = parser.decode("path", matcher.group("path"));
		return new ConnectionUrl(matcher.group("type").toLowerCase(Locale.ROOT), middleware.contains("log"),
				middleware.stream().filter((name) -> !MIDDLEWARE.contains(name)).toList(), direction,
				"/".equals(path) ? "" : path, parser.keys);
	}

	/**
	 * Return a URL as it may be shown, without the values of secrets.
	 */
	static String shown(String url) {
		return url.replaceAll("(?i)([?&][^=&]*(?:password|secret|token)[^=&]*=)[^&#]*", "$1******");
	}

	/**
	 * Reads the parts.
	 */
	private static final class Parser {

		private final Consumer<String> problems;

		private final Map<String, String> keys = new LinkedHashMap<>();

		Parser(Consumer<String> problems) {
			this.problems = problems;
		}

		void authority(@Nullable String authority) {
			if (!StringUtils.hasText(authority)) {
				return;
			}
			Matcher matcher = AUTHORITY.matcher(authority);
			if (!matcher.matches()) {
				this.problems.accept((authority.indexOf('@') >= 0) ? "has a user; accepted is //host:port"
						: "has the address \"" + authority
								+ "\"; accepted is host:port, with an IPv6 address in brackets as in [::1]:4242");
				return;
			}
			String literal = matcher.group("literal");
			String host = (literal != null) ? literal.replace("%25", "%") : decode("host", matcher.group("host"));
			if (StringUtils.hasText(host)) {
				put("host", host);
			}
			String port = matcher.group("port");
			if (StringUtils.hasText(port)) {
				put("port", decode("port", port));
			}
		}

		void query(@Nullable String query) {
			for (String parameter : (query != null) ? query.split("&") : new String[0]) {
				int equals = parameter.indexOf('=');
				if (equals > 0) {
					String key = decode("key", parameter.substring(0, equals));
					put(key, decode(key, parameter.substring(equals + 1)));
				}
				else if (!parameter.isEmpty()) {
					this.problems.accept("has the parameter \"" + parameter + "\"; accepted is key=value");
				}
			}
		}

		private void put(String key, String value) {
			if (this.keys.keySet()
				.stream()
				.anyMatch((known) -> SettingsKeys.uniform(known).equals(SettingsKeys.uniform(key)))) {
				this.problems.accept("gives " + key + " twice; drop one of them");
			}
			this.keys.putIfAbsent(key, value);
		}

		Set<String> middleware(String middleware) {
			Set<String> found = new LinkedHashSet<>();
			List<String> names = new ArrayList<>(List.of(middleware.split("\\+")));
			names.removeIf(String::isEmpty);
			for (String name : names) {
				if (!found.add(name)) {
					this.problems.accept("has +" + name + " twice; drop one of them");
				}
			}
			if (found.contains("rd") && found.contains("wr")) {
				this.problems.accept("has +rd (receive only) and +wr (send only); leave out both to do both");
			}
			return found;
		}

		String decode(String part, String text) {
			try {
				return StringUtils.uriDecode(text, StandardCharsets.UTF_8);
			}
			catch (IllegalArgumentException ex) {
				this.problems.accept(
						"has \"" + text + "\" as its " + part + "; % begins an encoded byte and is itself written %25");
				return text;
			}
		}

	}

}
