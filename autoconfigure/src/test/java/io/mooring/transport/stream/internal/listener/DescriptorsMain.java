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
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import io.mooring.Connection;
import io.mooring.ConnectionType;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.stream.FramingSettings;
import io.mooring.transport.stream.UnixSpecs;
import io.mooring.transport.stream.internal.channel.EventLoops;

import static org.awaitility.Awaitility.await;

/**
 * Has a listener that answers, and a connection to the address that it is given, in a
 * process that has few file descriptors.
 */
public final class DescriptorsMain {

	private DescriptorsMain() {
	}

	@SuppressWarnings("unchecked")
	public static void main(String[] args) throws Exception {
		PrintStream output = System.out;
		// The log
		System.setOut(System.err);
		LoggingSystem.get(DescriptorsMain.class.getClassLoader())
			.setLogLevel("io.mooring.connection.feed", LogLevel.DEBUG);
		try (TestTransports transports = new TestTransports()) {
			transports.context().resources().get(EventLoops.class, () -> new EventLoops(args[0].equals("epoll")));
			SpecBuilder spec = args[1].isEmpty() ? tcp("feed", ConnectionType.TCP_LISTEN, 0)
					: UnixSpecs.listener("feed", Path.of(args[1]));
			StreamListener feed = transports.create(
					spec.socket(SpecBuilder.socket(null, null, null, null, null, 1024)).build(), StreamListener.class);
			((MessageSource<PeerFrame>) feed).attach("the test",
					(frame) -> feed.send(frame.payload(), frame.peer().getId()));
			feed.open();
			SupervisedConnection refused = transports
				.create(tcp("refused", ConnectionType.TCP, Integer.parseInt(args[2])).build());
			// Classes that lie in directories take descriptors to load
			refused.startOpen();
			await().until(() -> refused.getStatistics().failures() > 0);
			refused.close();
			SupervisedConnection link = transports
				.create(tcp("link", ConnectionType.TCP, Integer.parseInt(args[3])).build());
			link.open();
			link.close();
			output.println(args[1].isEmpty() ? ((InetSocketAddress) feed.getLocalAddress()).getPort() : 0);
			Map<String, Runnable> commands = Map.of("open link", link::startOpen, "close link", link::close, "pause",
					feed::pauseReceiving, "resume", feed::resumeReceiving, "status",
					() -> output.println(feed.getClients().size() + ", " + describe(feed) + ", " + describe(link)));
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			String line;
			while ((line = input.readLine()) != null) {
				commands.get(line).run();
			}
		}
	}

	private static String describe(Connection connection) {
		return connection.getName() + " " + connection.getState() + " " + connection.getStatistics().lastError();
	}

	private static SpecBuilder tcp(String name, ConnectionType type, int port) {
		SpecBuilder spec = SpecBuilder.of(name, type).framing(FramingSettings.of("length", 65536));
		return type.isListener() ? spec.local(new SocketBinding.Fixed("127.0.0.1"), port)
				: spec.remote("127.0.0.1", port)
					.reconnect(SpecBuilder.reconnect(true, Duration.ofMillis(200), 2, Duration.ofMillis(500), 0, 0));
	}

}
