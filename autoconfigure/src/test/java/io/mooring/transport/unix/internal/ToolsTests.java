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

package io.mooring.transport.unix.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.ConnectionType;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.RequiresTools;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Programs that send Unix datagrams.
 */
@Timeout(60)
class ToolsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.transports.close();
	}

	private UnixDatagramConnection listener(String path) {
		UnixDatagramConnection listener = this.transports
			.create(SpecBuilder.of("listen", ConnectionType.UNIX_DATAGRAM_LISTEN)
				.unix(Specs.path(path, true, true))
				.build(), UnixDatagramConnection.class);
		listener.open();
		return listener;
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@RequiresTools("logger")
	void logger() throws Exception {
		String path = this.directory.resolve("log").toString();
		UnixDatagramConnection listener = listener(path);
		Process logger = new ProcessBuilder("logger", "-d", "-u", path, "-t", "door", "hello").start();
		try (UnixDatagram datagram = listener.receive(SOON)) {
			assertThat(new String(datagram.payload(), StandardCharsets.UTF_8)).contains("door").endsWith("hello");
			assertThat(datagram.credentials().pid()).isEqualTo(logger.pid());
			assertThat(datagram.sender()).isNull();
		}
		assertThat(logger.waitFor()).isZero();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@RequiresTools("systemd-notify")
	void systemdNotify() throws Exception {
		notifyReady(this.directory.resolve("notify").toString());
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@RequiresTools("systemd-notify")
	void systemdNotifyToAnAbstractName() throws Exception {
		notifyReady("@mooring-notify-" + ProcessHandle.current().pid());
	}

	/**
	 * It waits until the descriptor that it sends with BARRIER=1 is closed, and gives up
	 * with an error after five seconds (sd_notify_barrier(3)).
	 */
	@SuppressWarnings("unchecked")
	private void notifyReady(String path) throws Exception {
		UnixDatagramConnection listener = listener(path);
		List<UnixDatagram> received = new CopyOnWriteArrayList<>();
		((MessageSource<UnixDatagram>) listener).attach("the test", received::add);
		ProcessBuilder builder = new ProcessBuilder("systemd-notify", "--ready", "--status=Working");
		builder.environment().put("NOTIFY_SOCKET", path);
		Process notify = builder.redirectErrorStream(true).start();
		assertThat(notify.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(notify.getInputStream().readAllBytes()).asString().isEmpty();
		assertThat(notify.exitValue()).isZero();
		await().atMost(SOON).until(() -> received.size() == 2);
		assertThat(received.get(0).payload()).asString().contains("READY=1").contains("STATUS=Working");
		assertThat(received.get(1).payload()).asString().startsWith("BARRIER=1");
		assertThat(received.get(1).descriptors()).hasSize(1).noneMatch((descriptor) -> descriptor.isOpen());
	}

}
