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

import org.junit.jupiter.api.Test;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.OverflowPolicy;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.Framing;
import io.mooring.transport.stream.StreamTransportFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys of streams.
 */
class StreamDeclarationsTests {

	private static Declared ground(String... lines) {
		return Declared.ground(lines).transport(new StreamTransportFactory());
	}

	@Test
	void keysOfStreamsAreChecked() {
		assertThat(ground("url: tcp://10.0.0.7:5760", "framing: {type: length, length-bytes: 3}").faults())
			.containsExactly(
					"mooring.connections.ground.framing.length-bytes: \"3\" is not a length that is known; accepted are 1, 2 "
							+ "and 4 (application.yml:5:45)");
		assertThat(ground("url: tcp://10.0.0.7:5760", "framing: {type: line, length-bytes: 2}").faults())
			.containsExactly(
					"mooring.connections.ground.framing.length-bytes: \"2\" has no meaning but with framing.type length "
							+ "(application.yml:5:43)");
		assertThat(ground("url: tcp://10.0.0.7:5760", "framing: {type: lines}").faults()).singleElement()
			.asString()
			.contains("\"lines\" is not accepted; one of raw, length, line, crlf is");
		assertThat(ground("type: tcp-listen", "framing: {max-size: 0}").faults()).singleElement()
			.asString()
			.contains(".framing.max-size: \"0\" is out of range; accepted is 1B to 2047MB");
		assertThat(ground("type: tcp-listen", "send: {capacity: 0}").faults()).singleElement()
			.asString()
			.contains(".send.capacity: \"0\" is out of range; accepted is 1 or more");
		assertThat(ground("url: tcp://10.0.0.7:5760", "connect-timeout: 0s").faults()).singleElement()
			.asString()
			.contains(".connect-timeout: \"0s\" is not positive");
	}

	@Test
	void keysThatAStreamDoesNotReadAreRefused() {
		assertThat(ground("url: tcp://10.0.0.7:5760?socket.backlog=5").faults()).singleElement()
			.asString()
			.contains("does not apply to the type tcp");
		assertThat(ground("type: tcp-listen", "connect-timeout: 1s").faults()).singleElement()
			.asString()
			.contains("does not apply to the type tcp-listen");
		assertThat(ground("type: tcp-listen", "receive: {max-size: 1KB}").faults()).singleElement()
			.asString()
			.contains("does not apply to the type tcp-listen");
	}

	@Test
	void everyKeyOfAStreamEndsInTheSpec() {
		assertThat(ground("type: tcp", "host: ground.example", "port: 5760", "local-host: 10.0.0.1", "local-port: 4243",
				"connect-timeout: 2s", "framing: {type: length, length-bytes: 2, max-size: 1KB}", "send: {capacity: 9}")
			.spec())
			.isEqualTo(ConnectionSpec.builder("ground", ConnectionType.TCP)
				.remote("ground.example", 5760)
				.local(new SocketBinding.Fixed("10.0.0.1"), 4243)
				.connectTimeout(Duration.ofSeconds(2))
				.framing(new Framing(Framing.Type.LENGTH, 2, 1024))
				.send(new ConnectionSpec.Send(9))
				.build());
		ConnectionSpec listener = ground("url: tcp-listen://:0?socket.backlog=7").spec();
		assertThat(listener.socket().backlog()).isEqualTo(7);
		assertThat(listener.receive().overflow()).isEqualTo(OverflowPolicy.BLOCK);
		assertThat(listener.framing()).isEqualTo(Framing.RAW);
	}

}
