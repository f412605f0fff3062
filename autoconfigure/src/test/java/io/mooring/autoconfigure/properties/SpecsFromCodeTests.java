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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.StandardEnvironment;

import io.mooring.ConnectionSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From URLs to specs, to keys, and back. A key that is new belongs into one of the URLs
 * and into {@link SpecKeys}.
 */
class SpecsFromCodeTests {

	/**
	 * Keys that others stand for.
	 */
	private static final Set<String> ALIASES = Set.of("url", "type", "interceptors", "clients.allow",
			"multicast.groups[].sources");

	private final ConnectionDeclarations declarations = new ConnectionDeclarations(new StandardEnvironment());

	private final TransportTypes types = new TransportTypes(TransportFactories.load(null));

	static List<String> urls() {
		String lifecycle = "startup=wait&startup-timeout=7s&auto-startup=false&phase=3&health.enabled=false"
				+ "&health.importance=optional&direction=send&integration.error-channel=errors"
				+ "&integration.reply-timeout=7s";
		String reconnect = "reconnect.enabled=false&reconnect.initial-delay=300ms&reconnect.multiplier=3"
				+ "&reconnect.max-delay=7s&reconnect.jitter=0.3&reconnect.max-attempts=7";
		String receive = "receive.capacity=7&receive.max-size=7KB&receive.maximize-buffer=false";
		return List.of("tcp://example.org:4242", "tcp-listen://127.0.0.1:4242?" + lifecycle,
				"tcp-listen:?interface=eth0&port=4242&clients.max=7&clients.idle-timeout=7s&clients.allow=10.0.0.0/8,::1"
						+ "&integration.mode=gateway&integration.inbound-channel=mine&integration.outbound-channel=its",
				"tcp-listen:?subnet=10.0.0.0/8&port=0&socket.backlog=7&socket.reuse-address=true&socket.reuse-port=true"
						+ "&integration.enabled=false&ssl.bundle=mine&ssl.client-auth=need",
				"tcp://[::1]:4242?local-host=127.0.0.1&local-port=4243&connect-timeout=7s&send.capacity=7"
						+ "&socket.no-delay=false&socket.keep-alive=true&socket.keep-alive-idle=7s"
						+ "&socket.keep-alive-interval=7s&socket.keep-alive-count=7&socket.user-timeout=7s"
						+ "&socket.linger=7s&socket.receive-buffer=7KB&socket.send-buffer=7KB&receive.overflow=drop-newest",
				"tcp://example.org:1?ssl.bundle=mine&ssl.server-name=other.example.org&ssl.verify-hostname=false"
						+ "&ssl.handshake-timeout=7s",
				"tcp://example.org:1?" + reconnect,
				"tcp://example.org:1?role=leader&reconnect.policy=mine&heartbeat.interval=7s&heartbeat.payload=%5C0%20&heartbeat.timeout=20s",
				"tcp+log+one+two://example.org:1?codec=string&charset=ISO-8859-1",
				"tcp://example.org:1?codec=json&payload-type=java.util.List",
				"tcp://example.org:1?framing.type=length&framing.length-bytes=2&framing.max-size=7KB",
				"tcp://example.org:1?framing.type=delimiter&framing.delimiter=%5C0",
				"tcp://example.org:1?framing.type=delimiter&framing.delimiter=%20%5C%5C",
				"tcp://example.org:1?framing.type=fixed&framing.size=7", "tcp://example.org:1?framing.type=stx-etx",
				"udp://example.org:4242?socket.precedence=5", "udp-listen:?port=4242&" + receive,
				"udp-listen:?port=4242&broadcast.enabled=true", "udp-broadcast-in:?port=4242",
				"udp-broadcast:?port=4242&broadcast.address=10.255.255.255&broadcast.port=4243&broadcast.interface=eth0",
				"udp-listen:?port=4242&broadcast.port=4243", "udp-subnet:10.0.0.0/8?port=4242",
				"udp-multicast://239.255.14.50:14550?interface=eth0", "udp-multicast://[ff15::1%25eth0]:14550",
				"udp-multicast:?port=4242&multicast.groups[0].group=232.1.1.1&multicast.groups[0].interface=eth0"
						+ "&multicast.groups[0].sources[0]=10.0.0.1&multicast.groups[0].sources[1]=10.0.0.2"
						+ "&multicast.groups[1].group=ff15::1%25eth0&multicast.interface=eth1&multicast.ttl=7"
						+ "&multicast.loopback=true&multicast.ip-mode=dual&multicast.bind=any",
				"udp-multicast:?port=4242&group=239.1.1.1&multicast.join=false&multicast.only=true", "unix:/run/hub",
				"unix-listen:@hub", "unix-listen:/run/hub?mode=rw-rw----",
				"unix-datagram:/run/hub?local-path=/run/leaf",
				"unix-datagram-listen:@hub?receive.credentials=true&receive.descriptors=true&receive.ancillary-size=1KB",
				"unix-datagram-listen:?fd=3");
	}

	@ParameterizedTest
	@MethodSource("urls")
	void aSpecMadeInCodePassesTheSameChecks(String url) {
		ConnectionSpec spec = spec(url);
		assertThat(this.declarations.declare(spec).specs()).containsExactly(spec);
	}

	@Test
	void allKeysAreThere() {
		Set<String> keys = new TreeSet<>();
		urls().forEach((url) -> keys.addAll(keys(spec(url))));
		assertThat(Stream.concat(keys.stream(), ALIASES.stream()))
			.containsExactlyInAnyOrderElementsOf(this.types.keys().all());
	}

	private ConnectionSpec spec(String url) {
		return this.declarations.declare("any", url).specs().get(0);
	}

	private Set<String> keys(ConnectionSpec spec) {
		Map<String, Object> defaults = values(this.declarations.defaults("any", spec.type()));
		return values(spec).entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().equals(defaults.get(entry.getKey())))
			.map((entry) -> entry.getKey().replaceAll("\\[\\d+\\]", "[]"))
			.collect(Collectors.toSet());
	}

	private static Map<String, Object> values(ConnectionSpec spec) {
		Map<String, Object> values = new HashMap<>();
		spec.settings().forEach((settings) -> SettingsKeys.values(settings, values::put));
		return values;
	}

}
