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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Process of the packaged demo, on free ports.
 */
final class DemoProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newHttpClient();

	private final Process process;

	private final Path console;

	private int forgotten;

	private DemoProcess(Process process, Path console) {
		this.process = process;
		this.console = console;
	}

	static DemoProcess start(Path directory, int beaconPort, String... jvmOptions) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// Half of the startup time is spent in the optimizing compiler
		command.add("-XX:TieredStopAtLevel=1");
		command.addAll(List.of(jvmOptions));
		command.addAll(
				List.of("-jar", System.getProperty("demo.jar"), "--server.port=0",
						"--mooring.connections.syslog.port=0", "--mooring.connections.probe.port=0",
						"--demo.feed-port=" + freePort(),
						"--mooring.connections.clock.url=tcp-listen://127.0.0.1:0?framing.type=line",
						"--mooring.connections.control.url=unix-listen:" + directory.resolve("control.sock")
								+ "?mode=600",
						"--mooring.connections.notify.path=" + directory.resolve("notify.sock"),
						"--mooring.connections.hear.port=0", "--mooring.demo.hear.stop-word=enough",
						"--mooring.connections.beacon.port=" + beaconPort, "--spring.output.ansi.enabled=never"));
		Path console = directory.resolve("console.txt");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(console.toFile())
			.start();
		return new DemoProcess(process, console);
	}

	/**
	 * Return a port below the ephemeral range of Linux, so that no other process takes it
	 * before the demo does.
	 */
	private static int freePort() throws IOException {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// The next one
			}
		}
		throw new IOException("No free port");
	}

	/**
	 * Wait for a line on the console, among those not forgotten.
	 * @param regex the pattern to find
	 */
	void awaitLine(String regex) {
		await(regex, this.forgotten);
	}

	/**
	 * Wait for a line on the console, among all lines.
	 * @param regex the pattern to find
	 * @return the first group of the match
	 */
	String awaitHint(String regex) {
		return await(regex, 0).group(1);
	}

	private Matcher await(String regex, int from) {
		Pattern pattern = Pattern.compile(regex);
		Awaitility.await(regex)
			.atMost(PATIENCE)
			.until(() -> !this.process.isAlive() || pattern.matcher(console()).find(from));
		Matcher matcher = pattern.matcher(console());
		assertThat(matcher.find(from)).as("'%s' on the console of the demo:%n%s", regex, console()).isTrue();
		return matcher;
	}

	/**
	 * Forget the lines printed so far.
	 */
	void forgetLines() {
		this.forgotten = console().length();
	}

	/**
	 * Wait until the health of the demo is UP.
	 */
	void awaitUp() {
		URI health = URI.create("http://127.0.0.1:" + awaitHint("http://127.0.0.1:(\\d+)/") + "/actuator/health");
		Awaitility.await("health")
			.atMost(PATIENCE)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(
					this.http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()).statusCode())
				.as(() -> console())
				.isEqualTo(200));
	}

	String console() {
		try {
			return new String(Files.readAllBytes(this.console), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Terminate the demo by a signal.
	 * @return the exit code
	 */
	int terminate() throws InterruptedException {
		this.process.destroy();
		assertThat(this.process.waitFor(30, TimeUnit.SECONDS)).as("ends within 30 s:%n%s", console()).isTrue();
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
