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

package io.mooring.transport.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.mooring.ConnectionType;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;

import static org.awaitility.Awaitility.await;

/**
 * A listener in a process of its own, for {@link StreamScaleTests}. It prints its port;
 * for each line that it reads, a number of clients, it prints, once there are so many,
 * its memory in KiB and the number of its threads.
 */
public final class ScaleMain {

	private ScaleMain() {
	}

	@SuppressWarnings("unchecked")
	public static void main(String[] args) throws IOException {
		PrintStream output = System.out;
		// The log
		System.setOut(System.err);
		try (TestTransports transports = new TestTransports()) {
			StreamListener listener = transports.create(SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
				.local(new SocketBinding.Fixed("127.0.0.1"), 0)
				.framing(FramingSettings.of("length", 65536))
				.socket(SpecBuilder.socket(null, null, null, null, null, 4096))
				.clients(SpecBuilder.clients(10_000, Duration.ofMinutes(10), List.of()))
				.build(), StreamListener.class);
			((MessageSource<PeerFrame>) listener).attach("the test", (frame) -> {
			});
			listener.open();
			output.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
			BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			String line;
			while ((line = input.readLine()) != null) {
				int clients = Integer.parseInt(line);
				await().atMost(Duration.ofMinutes(1)).until(() -> listener.getClients().size() == clients);
				System.gc();
				output.println(status("VmRSS") + " " + status("Threads"));
			}
		}
	}

	private static long status(String name) throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
			if (line.startsWith(name + ":")) {
				return Long.parseLong(line.replaceAll("\\D", ""));
			}
		}
		throw new IOException("There is no " + name);
	}

}
