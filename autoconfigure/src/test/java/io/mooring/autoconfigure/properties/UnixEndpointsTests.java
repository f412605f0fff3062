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

import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.ConnectionSpec;
import io.mooring.StartupMode;
import io.mooring.UnixPath;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.unix.AncillarySettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnixEndpoints}, and for what the Unix datagram types refuse.
 */
class UnixEndpointsTests {

	private static final String GROUND = "mooring.connections.ground";

	@Test
	void defaultsAreThoseOfTheReadme() {
		ConnectionSpec spec = Declared.ground("type: unix-datagram-listen", "path: /run/x.sock").spec();
		assertThat(List.of(spec.get(UnixSettings.class), spec.get(AncillarySettings.class)))
			.isEqualTo(SpecBuilder.unix(UnixPath.of("/run/x.sock"), null, PosixFilePermissions.fromString("rw-------"),
					null, false, false, 8192));
		assertThat(Declared.ground("url: unix-datagram-listen:/run/x.sock").spec().get(StartupSettings.class).mode())
			.isEqualTo(StartupMode.FAIL_FAST);
	}

	@Test
	void everyKeyIsRead() {
		ConnectionSpec spec = Declared
			.ground("type: unix-datagram", "path: '@daemon'", "local-path: /tmp/me", "mode: rw-rw----",
					"receive: {credentials: true, descriptors: true, ancillary-size: 1KB}")
			.spec();
		assertThat(List.of(spec.get(UnixSettings.class), spec.get(AncillarySettings.class)))
			.isEqualTo(SpecBuilder.unix(UnixPath.of("@daemon"), UnixPath.of("/tmp/me"),
					PosixFilePermissions.fromString("rw-rw----"), null, true, true, 1024));
	}

	@ParameterizedTest
	@CsvSource({ "unix-datagram:/run/x.sock, /run/x.sock", "unix-datagram:///run/x.sock, /run/x.sock",
			"unix-datagram:@name, @name", "unix-datagram-listen:relative.sock, relative.sock",
			"unix-datagram:/run/a%20b?receive.credentials=true, /run/a b", "unix-datagram:?path=/run/x, /run/x" })
	void urlHasThePath(String url, String path) {
		assertThat(Declared.ground("url: '" + url + "'").spec().get(UnixSettings.class).path())
			.isEqualTo(UnixPath.of(path));
	}

	@Test
	void socketIsPassedByNumberOrName() {
		assertThat(Declared.ground("url: unix-datagram:?fd=3").spec().get(UnixSettings.class).fd()).isEqualTo("3");
		assertThat(Declared.ground("type: unix-datagram-listen", "fd: notify").spec().get(UnixSettings.class).fd())
			.isEqualTo("notify");
	}

	@ParameterizedTest
	@CsvSource({ "'660', rw-rw----", "'0660', rw-rw----", "666, rw-rw-rw-", "rw-r-----, rw-r-----",
			"'0700', rwx------" })
	void modeIsOctalOrSymbolic(String mode, String expected) {
		UnixSettings unix = Declared.ground("type: unix-datagram-listen", "path: /run/x", "mode: '" + mode + "'")
			.spec()
			.get(UnixSettings.class);
		assertThat(PosixFilePermissions.toString(unix.permissions())).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0660", "0600", "0666", "0777", "0644", "99", "rwxr", "'444'" })
	void modeThatYamlOrSomebodyGotWrongIsRefused(String mode) {
		assertThat(Declared.ground("type: unix-datagram-listen", "path: /run/x", "mode: " + mode).faults())
			.singleElement()
			.asString()
			.startsWith(GROUND + ".mode: ")
			.contains("is not the mode of a file that its owner reads and writes; accepted are rw-rw---- and 660, and "
					+ "in YAML not 0660 without quotes, which it reads as 432");
	}

	@Test
	void modeOfAnAbstractNameIsRefused() {
		assertThat(Declared.ground("type: unix-datagram-listen", "path: '@x'", "mode: '660'").faults())
			.containsExactly(GROUND + ".mode: \"660\" has no meaning with path @x, for an abstract name has no file; "
					+ "drop one of them (application.yml:6:13)");
		assertThat(Declared.ground("type: unix-datagram", "path: /run/x", "local-path: '@x'", "mode: '660'").faults())
			.singleElement()
			.asString()
			.contains("has no meaning with local-path @x");
		assertThat(Declared.ground("type: unix-datagram", "path: '@x'", "local-path: /run/x", "mode: '660'").faults())
			.isEmpty();
	}

	@Test
	void missingPathIsRefused() {
		assertThat(Declared.ground("type: unix-datagram").faults()).singleElement()
			.asString()
			.startsWith(GROUND + ".path: missing; the type unix-datagram needs the path or @name to connect to, or the "
					+ "fd of an inherited socket");
		assertThat(Declared.ground("type: unix-datagram-listen").faults()).singleElement()
			.asString()
			.startsWith(GROUND + ".path: missing; the type unix-datagram-listen needs its own path or @name");
	}

	@Test
	void pathsThatAreNoneAreRefused() {
		assertThat(Declared.ground("type: unix-datagram", "path: /" + "x".repeat(107)).faults()).first()
			.asString()
			.startsWith(GROUND + ".path: \"/xxx")
			.contains("has 108 bytes; the address of a Unix socket has at most 107 (application.yml:5:13)");
		assertThat(Declared.ground("type: unix-datagram", "path: '@'").faults()).first()
			.asString()
			.contains("\"@\" is empty; accepted are a path, and @name for an abstract address");
	}

	@Test
	void contradictionsAreRefused() {
		assertThat(Declared.ground("url: unix-datagram:/run/x?path=/run/y").faults()).singleElement()
			.asString()
			.contains("gives path twice, as the path \"/run/x\"; drop one of them");
		assertThat(Declared.ground("url: unix-datagram:/run/x?fd=3").faults()).singleElement()
			.asString()
			.contains("cannot be combined with a path, which an inherited socket already has");
	}

	@Test
	void sizesOutOfRangeAreRefused() {
		assertThat(
				Declared.ground("type: unix-datagram", "path: /run/x", "receive: {ancillary-size: 10, max-size: 65MB}")
					.faults())
			.satisfiesExactlyInAnyOrder(
					(fault) -> assertThat(fault)
						.contains("receive.ancillary-size: \"10\" is out of range; accepted are 64B to 1MB"),
					(fault) -> assertThat(fault)
						.contains("receive.max-size: \"65MB\" is out of range; accepted are 1B to 64MB"));
	}

	@Test
	void keysOfOtherTypesAreRefused() {
		assertThat(Declared.ground("type: unix-datagram", "path: /run/x", "host: 10.0.0.1").faults()).singleElement()
			.asString()
			.contains(GROUND + ".host: \"10.0.0.1\" does not apply to the type unix-datagram, which takes fd, "
					+ "heartbeat, local-path, mode, path, receive.ancillary-size");
		assertThat(Declared.ground("type: unix-datagram-listen", "path: /run/x", "local-path: /run/y").faults())
			.singleElement()
			.asString()
			.contains("does not apply");
		assertThat(Declared.ground("type: unix-datagram", "path: /run/x", "socket.reuse-port: true").faults())
			.singleElement()
			.asString()
			.contains("does not apply");
		for (String key : new String[] { "path: /run/x", "mode: rw-------", "fd: 3", "receive.credentials: true",
				"receive.descriptors: true", "receive.ancillary-size: 1KB" }) {
			assertThat(Declared.ground("type: udp-listen", key).faults()).singleElement()
				.asString()
				.contains("does not apply to the type udp-listen");
		}
		assertThat(Declared.ground("url: udp-listen:/run/x").faults()).singleElement()
			.asString()
			.contains("has the path \"/run/x\", which the type udp-listen does not take");
	}

}
