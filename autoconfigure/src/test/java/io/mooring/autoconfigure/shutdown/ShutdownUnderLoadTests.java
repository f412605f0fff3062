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

package io.mooring.autoconfigure.shutdown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

/**
 * Tests for an application in a separate process that gets a SIGTERM during traffic in
 * both directions.
 */
@Timeout(180)
class ShutdownUnderLoadTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "tcp, line, false, 0", "tcp, length, true, 0", "unix, line, true, 0", "unix, length, false, 200",
			"tcp, line, false, 200" })
	void losesNoFrameThatWasReadOrAccepted(String transport, String framing, boolean virtual, long workMicros)
			throws Exception {
		boolean lines = framing.equals("line");
		boolean unix = transport.equals("unix");
		SocketAddress server = unix ? UnixDomainSocketAddress.of(this.folder.resolve("link.sock"))
				: new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		try (ServerSocketChannel link = unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
				: ServerSocketChannel.open()) {
			link.bind(server);
			List<String> arguments = new ArrayList<>(List.of("--mooring.defaults.framing.type=" + framing,
					"--spring.threads.virtual.enabled=" + virtual));
			arguments.addAll(unix
					? List.of("--mooring.connections.feed.url=unix-listen:" + this.folder.resolve("feed.sock"),
							"--mooring.connections.link.url=unix:" + this.folder.resolve("link.sock"))
					: List.of("--mooring.connections.feed.url=tcp-listen://127.0.0.1:0",
							"--mooring.connections.link.url=tcp://127.0.0.1:"
									+ ((InetSocketAddress) link.getLocalAddress()).getPort()));
			Process process = start(List.of("-Dload.work-micros=" + workMicros), arguments);
			try (LoadPeer linked = new LoadPeer(link.accept(), "link", lines, 0);
					LoadPeer one = new LoadPeer(SocketChannel.open(feed(unix)), "one", lines, 0);
					LoadPeer two = new LoadPeer(SocketChannel.open(feed(unix)), "two", lines, 0)) {
				await().atMost(SOON)
					.until(() -> List.of(linked, one, two).stream().allMatch((peer) -> peer.received().size() > 1000));
				process.destroy();
				assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(() -> console()).isTrue();
				assertThat(process.exitValue()).as(() -> console()).isEqualTo(143);
				List<String> heard = journal("feed.received");
				Counts counts = new Counts(journal("statistics"));
				assertThat(counts.of("feed.received")).as("delivered of what feed read, %s%n%s", counts, console())
					.isEqualTo(heard.size());
				assertThat(counts.of("link.received")).as("delivered of what link read, %s", counts)
					.isEqualTo(assertNumbered("link ", journal("link.received")));
				assertThat(counts.of("feed.closed") + counts.of("feed.not-sent") + counts.of("link.closed")
						+ counts.of("link.not-sent"))
					.as(() -> counts + console())
					.isZero();
				for (LoadPeer peer : List.of(one, two)) {
					String name = peer.name() + " ";
					assertNumbered(name, heard.stream().filter((text) -> text.startsWith(name)).toList());
					List<String> answered = journal("feed.accepted").stream()
						.filter((text) -> text.startsWith(name))
						.toList();
					assertThat(assertNumbered(name, peer.awaitEnd())).as("answers for %s, %s", name, counts)
						.isGreaterThanOrEqualTo(assertNumbered(name, answered));
				}
				List<String> told = journal("link.accepted");
				assertThat(assertNumbered("number ", linked.awaitEnd())).as("told by link, %s", counts)
					.isGreaterThanOrEqualTo(assertNumbered("number ", told.subList(0, told.size() - 1)));
			}
			finally {
				process.destroyForcibly().onExit().join();
			}
		}
	}

	/**
	 * Check that no frame is missing or out of order.
	 * @return the number of frames
	 */
	private static int assertNumbered(String prefix, List<String> texts) {
		for (int i = 0; i < texts.size(); i++) {
			if (!texts.get(i).equals(prefix + i)) {
				fail("'%s' in the place of '%s%d'", texts.get(i), prefix, i);
			}
		}
		return texts.size();
	}

	private SocketAddress feed(boolean unix) {
		await().atMost(SOON).until(() -> !journal("ready").isEmpty());
		return unix ? UnixDomainSocketAddress.of(this.folder.resolve("feed.sock")) : new InetSocketAddress(
				InetAddress.getLoopbackAddress(), Integer.parseInt(journal("ready").get(0).replaceFirst(".*:", "")));
	}

	private Process start(List<String> options, List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-Dload.folder=" + this.folder));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadApplication.class.getName()));
		command.addAll(arguments);
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("console").toFile())
			.start();
	}

	private String console() {
		return String.join("\n", journal("console"));
	}

	private List<String> journal(String name) {
		try {
			Path file = this.folder.resolve(name);
			return Files.exists(file) ? Files.readAllLines(file) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Counts(List<String> lines) {

		long of(String key) {
			return this.lines.stream()
				.filter((line) -> line.startsWith(key + "="))
				.mapToLong((line) -> Long.parseLong(line.substring(key.length() + 1)))
				.sum();
		}

		@Override
		public String toString() {
			return this.lines.toString();
		}

	}

}
