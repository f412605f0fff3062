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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.codec.EscapedBytes;
import io.mooring.transport.datagram.internal.DatagramTransportFactory;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.stream.internal.StreamTransportFactory;
import io.mooring.transport.unix.internal.UnixDatagramTransportFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys of heartbeats.
 */
class HeartbeatDeclarationsTests {

	private static final String TCP = "url: tcp://10.0.0.7:5760";

	private static final String KEY = "mooring.connections.ground.heartbeat.";

	private static Declared ground(String... lines) {
		return Declared.ground(lines)
			.transport(new StreamTransportFactory(), new DatagramTransportFactory(),
					new UnixDatagramTransportFactory());
	}

	private static HeartbeatSettings heartbeat(String... lines) {
		return ground(lines).spec().get(HeartbeatSettings.class);
	}

	private static HeartbeatSettings every(Duration interval, String payload, Duration timeout) {
		return new HeartbeatSettings(interval, EscapedBytes.parse(payload), timeout);
	}

	@Test
	void endInTheSpec() {
		assertThat(heartbeat(TCP)).isEqualTo(HeartbeatSettings.NONE);
		assertThat(heartbeat(TCP, "heartbeat: {interval: 5s, payload: 'PING', timeout: 15s}"))
			.isEqualTo(every(Duration.ofSeconds(5), "PING", Duration.ofSeconds(15)));
		assertThat(heartbeat(TCP, "heartbeat: {timeout: 1500}"))
			.isEqualTo(new HeartbeatSettings(null, null, Duration.ofMillis(1500)));
		assertThat(heartbeat(
				"url: tcp-listen://:0?heartbeat.interval=5s&heartbeat.payload=%5Cx1e%5C0&heartbeat.timeout=12s"))
			.isEqualTo(every(Duration.ofSeconds(5), "\\x1e\\0", Duration.ofSeconds(12)));
		assertThat(heartbeat("url: udp://10.0.0.7:5760?heartbeat.interval=1s&heartbeat.payload=alive"))
			.isEqualTo(every(Duration.ofSeconds(1), "alive", null));
		assertThat(ground("type: unix-datagram", "path: /run/x", "heartbeat: {interval: 1s, payload: '\\0'}").spec()
			.get(HeartbeatSettings.class)).isEqualTo(every(Duration.ofSeconds(1), "\\0", null));
		assertThat(ground(TCP)
			.variables(Map.of("MOORING_CONNECTIONS_GROUND_HEARTBEAT_INTERVAL", "2s",
					"MOORING_CONNECTIONS_GROUND_HEARTBEAT_PAYLOAD", "\\r",
					"MOORING_CONNECTIONS_GROUND_HEARTBEAT_TIMEOUT", "5s"))
			.spec()
			.get(HeartbeatSettings.class)).isEqualTo(every(Duration.ofSeconds(2), "\\r", Duration.ofSeconds(5)));
	}

	@Test
	void anEmptyPayloadIsAnEmptyFrame() {
		for (String framing : List.of("line", "crlf", "length", "stx-etx")) {
			assertThat(heartbeat(TCP, "framing: {type: " + framing + "}", "heartbeat: {interval: 5s, payload: ''}"))
				.isEqualTo(every(Duration.ofSeconds(5), "", null));
		}
	}

	@Test
	void defaultsApplyWhereTheyCan() {
		String defaults = "mooring: {defaults: {heartbeat: {interval: 5s, payload: PING, timeout: 15s}}}";
		assertThat(ground(TCP).yml("defaults.yml", defaults).spec().get(HeartbeatSettings.class))
			.isEqualTo(every(Duration.ofSeconds(5), "PING", Duration.ofSeconds(15)));
		assertThat(ground(TCP, "heartbeat: {interval: 1s}").yml("defaults.yml", defaults)
			.spec()
			.get(HeartbeatSettings.class)).isEqualTo(every(Duration.ofSeconds(1), "PING", Duration.ofSeconds(15)));
		assertThat(ground("type: udp-listen").yml("defaults.yml", defaults).spec().get(HeartbeatSettings.class))
			.isEqualTo(new HeartbeatSettings(null, null, Duration.ofSeconds(15)));
		assertThat(
				ground("url: tcp+rd://10.0.0.7:5760").yml("defaults.yml", defaults).spec().get(HeartbeatSettings.class))
			.isEqualTo(new HeartbeatSettings(null, null, Duration.ofSeconds(15)));
		assertThat(
				ground("url: tcp+wr://10.0.0.7:5760").yml("defaults.yml", defaults).spec().get(HeartbeatSettings.class))
			.isEqualTo(every(Duration.ofSeconds(5), "PING", null));
		assertThat(ground(TCP, "heartbeat: {interval: 0, timeout: 0}").yml("defaults.yml", defaults)
			.spec()
			.get(HeartbeatSettings.class)).isEqualTo(HeartbeatSettings.NONE);
	}

	@Test
	void anIntervalNeedsAPayload() {
		assertThat(ground(TCP, "heartbeat: {interval: 5s}").faults()).containsExactly(
				KEY + "payload: missing; heartbeat.interval needs what to send, such as \"PING\", \"\\0\" or \"\\x1e\" "
						+ "(application.yml:4:12)");
		assertThat(ground(TCP, "heartbeat: {payload: PING}").faults()).containsExactly(
				KEY + "payload: \"PING\" has no meaning without heartbeat.interval, after which it is sent "
						+ "(application.yml:5:28)");
	}

	@Test
	void durationsArePositive() {
		assertThat(ground(TCP, "heartbeat: {interval: -1s, timeout: -1s}").faults()).containsExactly(
				KEY + "interval: \"-1s\" is not positive; accepted are durations such as 500ms or 5s, or 0 for none "
						+ "(application.yml:5:29)",
				KEY + "timeout: \"-1s\" is not positive; accepted are durations such as 500ms or 5s, or 0 for never "
						+ "(application.yml:5:43)");
		assertThat(ground(TCP, "heartbeat: {timeout: 100us}").faults()).singleElement()
			.asString()
			.contains("\"100us\" is not positive");
	}

	@ParameterizedTest
	@ValueSource(strings = { "5s", "4s" })
	void theTimeoutIsLongerThanTheInterval(String timeout) {
		assertThat(ground(TCP, "heartbeat: {interval: 5s, payload: PING, timeout: " + timeout + "}").faults())
			.containsExactly(
					KEY + "timeout: \"" + timeout + "\" is not longer than heartbeat.interval, 5000ms, so that "
							+ "a peer that answers would be lost; accepted is more, best twice as much or more "
							+ "(application.yml:5:57)");
	}

	@Test
	void theDirectionAllowsIt() {
		assertThat(ground("url: tcp+wr://10.0.0.7:5760", "heartbeat: {timeout: 5s}").faults()).containsExactly(
				KEY + "timeout: \"5s\" does not go with the direction send, which receives nothing; drop one of them "
						+ "(application.yml:5:28)");
		assertThat(ground(TCP, "direction: receive", "heartbeat: {interval: 5s, payload: PING}").faults())
			.containsExactly(KEY + "interval: \"5s\" does not go with the direction receive, which sends nothing; "
					+ "drop one of them (application.yml:6:29)");
	}

	@Test
	void thePayloadFitsItsFrame() {
		assertThat(ground(TCP, "heartbeat: {interval: 5s, payload: '\\e'}").faults())
			.containsExactly(KEY + "payload: \"\\e\" has the unknown escape \"\\e\"; accepted are \\0, \\t, \\n, \\r, "
					+ "\\\\ and \\x with two hexadecimal digits, as \\x1e (application.yml:5:42)");
		assertThat(ground(TCP, "heartbeat: {interval: 5s, payload: ''}").faults()).containsExactly(
				KEY + "payload: \"\" is empty, which framing.type raw cannot send; accepted are one or more "
						+ "bytes (application.yml:5:42)");
		assertThat(ground(TCP, "framing: {type: line}", "heartbeat: {interval: 5s, payload: 'a\\nb'}").faults())
			.containsExactly(KEY + "payload: \"a\\nb\" does not fit a frame: A message cannot contain what its frame "
					+ "ends with, \"\\n\", which stands at 1 of its 3 bytes: it would arrive as two "
					+ "(application.yml:6:42)");
		assertThat(ground(TCP, "framing: {type: fixed, size: 8}", "heartbeat: {interval: 5s, payload: PING}").faults())
			.containsExactly(KEY + "payload: \"PING\" does not fit a frame: A message of 4 bytes is not of the 8 that "
					+ "framing.size says (application.yml:6:42)");
		assertThat(ground("url: udp://10.0.0.7:5760", "heartbeat: {interval: 5s, payload: ''}").faults())
			.containsExactly(KEY + "payload: \"\" is empty: Java silently discards it on a connected socket; "
					+ "accepted are one or more bytes (application.yml:5:42)");
		assertThat(ground("url: udp://10.0.0.7:5760", "heartbeat: {interval: 5s, payload: '" + "x".repeat(65508) + "'}")
			.faults()).singleElement()
			.asString()
			.endsWith("is longer than 65507 bytes, the maximum of UDP over IPv4 (application.yml:5:42)");
	}

	@Test
	void thereIsSomebodyToSendTo() {
		for (String type : List.of("udp-listen", "udp-broadcast-in")) {
			assertThat(ground("type: " + type, "port: 4242", "heartbeat: {interval: 5s, payload: PING}").faults())
				.hasSize(2)
				.allSatisfy((fault) -> assertThat(fault).contains("does not apply to the type " + type,
						"heartbeat.timeout"));
		}
		assertThat(ground("type: udp-subnet", "subnet: 10.0.0.0/8", "port: 4242", "broadcast.enabled: false",
				"heartbeat: {interval: 5s, payload: PING}")
			.faults())
			.containsExactly(KEY + "interval: \"5s\" needs a recipient, and broadcasts are off; set broadcast.enabled "
					+ "to true, or drop it (application.yml:8:29)");
	}

	@Test
	void idleClientsAreNoneWithHeartbeats() {
		assertThat(ground("type: tcp-listen", "clients.idle-timeout: 30s", "heartbeat: {interval: 5s, payload: PING}")
			.faults())
			.containsExactly("mooring.connections.ground.clients.idle-timeout: \"30s\" does not go with "
					+ "heartbeat.interval, with which no client is ever idle; drop one of them: heartbeat.timeout closes "
					+ "clients that are silent (application.yml:5:29)");
		assertThat(ground("type: tcp-listen", "clients.idle-timeout: 30s", "heartbeat: {timeout: 5s}").spec()
			.get(HeartbeatSettings.class)
			.timeout()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void aSocketThatWasTakenOverIsNotLostInSilence() {
		assertThat(ground("type: unix-datagram-listen", "fd: feed", "heartbeat: {timeout: 5s}").faults())
			.containsExactly(KEY + "timeout: \"5s\" cannot be combined with fd: an inherited socket cannot be "
					+ "reopened; drop one of them (application.yml:6:28)");
	}

}
