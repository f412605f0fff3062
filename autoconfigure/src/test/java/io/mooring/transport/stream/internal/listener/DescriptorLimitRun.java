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

package io.mooring.transport.stream.internal.listener;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.mooring.transport.Peer;
import io.mooring.transport.stream.StreamPeerSocket;
import io.mooring.transport.stream.UnixPeerSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that has more clients than it may have file descriptors, and what becomes of
 * them.
 */
final class DescriptorLimitRun {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final int LIMIT = 200;

	private static final int LEFT = 20;

	private final Path directory;

	private final boolean epoll;

	private final boolean unix;

	private BufferedReader output;

	private Writer input;

	/**
	 * Create a run that has not begun.
	 * @param directory of it alone
	 * @param epoll whether on Netty's native transport rather than NIO
	 * @param unix whether the clients come over a Unix socket rather than TCP
	 */
	DescriptorLimitRun(Path directory, boolean epoll, boolean unix) {
		this.directory = directory;
		this.epoll = epoll;
		this.unix = unix;
	}

	void goesOnAcceptingOnceThereAreDescriptorsAgain() throws Exception {
		Path path = this.directory.resolve("feed.sock");
		List<Peer> clients = new ArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Socket refusing = new Socket()) {
			// Nobody listens there, and nobody else can
			refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			Process process = start(this.epoll ? "epoll" : "nio", this.unix ? path.toString() : "",
					Integer.toString(refusing.getLocalPort()), Integer.toString(server.getLocalPort()));
			try (BufferedReader reader = process.inputReader(); Writer writer = process.outputWriter()) {
				this.output = reader;
				this.input = writer;
				String started = reader.readLine();
				assertThat(started).as(this::log).isNotNull();
				int port = Integer.parseInt(started);
				for (int i = 0; i < 2 * LIMIT; i++) {
					clients.add(connect(path, port));
					if (i == 0) {
						isServed(clients.get(0));
					}
				}
				await().atMost(SOON)
					.until(() -> status()
						.contains("feed CONNECTED java.io.IOException: Cannot accept clients: Too many open files"));
				isServed(clients.get(0));
				awaitFailures(3);
				command("open link");
				await().atMost(SOON).until(() -> {
					String status = status();
					if (status.contains("link CONNECTED")) {
						// The JVM let go of a descriptor: it is for the listener
						command("close link");
						awaitFailures(3);
						command("open link");
					}
					return status.contains("link CONNECTING java.io.IOException: cannot connect to 127.0.0.1:"
							+ server.getLocalPort() + ": Too many open files");
				});
				long begin = System.nanoTime();
				int before = failures();
				awaitFailures(3);
				assertThat((failures() - before - 1) * AcceptGuard.REST_MILLIS)
					.as("no attempt before the rest was over")
					.isLessThanOrEqualTo(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
				command("pause");
				assertThat(status()).isNotNull();
				int paused = failures();
				await().during(Duration.ofMillis(3 * AcceptGuard.REST_MILLIS))
					.atMost(SOON)
					.until(() -> failures() == paused);
				command("resume");
				awaitFailures(1);
				while (clients.size() > LEFT) {
					clients.remove(0).close();
				}
				clients.add(connect(path, port));
				for (Peer client : clients) {
					isServed(client);
				}
				await().atMost(SOON).until(() -> status().contains("link CONNECTED"));
				await().atMost(SOON).until(() -> lines("Clients can be accepted again").size() == 1);
				assertThat(lines("Cannot accept clients: ").stream().filter((line) -> line.contains("WARN")))
					.singleElement()
					.asString()
					.contains("Cannot accept clients: Too many open files",
							"; they wait, and it is tried again every second; "
									+ "more of the kind within a minute are logged at DEBUG");
				assertThat(lines("exceptionCaught")).isEmpty();
				assertThat(lines("Lost: ")).isEmpty();
			}
			finally {
				process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
			}
		}
		finally {
			for (Peer client : clients) {
				client.close();
			}
		}
	}

	private Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + LIMIT + " && exec \"$@\"", "sh",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				DescriptorsMain.class.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectError(this.directory.resolve("log").toFile()).start();
	}

	private Peer connect(Path path, int port) throws IOException {
		return this.unix ? UnixPeerSocket.connect(path)
				: new StreamPeerSocket(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	private void isServed(Peer client) throws IOException {
		client.send("hello".getBytes(StandardCharsets.UTF_8));
		assertThat(client.receive()).as(this::log).asString(StandardCharsets.UTF_8).isEqualTo("hello");
	}

	private void command(String command) throws IOException {
		this.input.write(command + "\n");
		this.input.flush();
	}

	private String status() throws IOException {
		command("status");
		return this.output.readLine();
	}

	private void awaitFailures(int count) {
		int before = failures();
		await().atMost(SOON).until(() -> failures() >= before + count);
	}

	private int failures() {
		return lines("Cannot accept clients: ").size();
	}

	private String log() {
		return String.join("\n", lines(""));
	}

	private List<String> lines(String text) {
		try (var lines = Files.lines(this.directory.resolve("log"))) {
			return lines.filter((line) -> line.contains(text)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
