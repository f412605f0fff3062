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

package io.mooring.transport.unix.internal.jna;

import java.io.FileInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.mooring.Ancillary;
import io.mooring.ConnectionType;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.unix.internal.Specs;

import static org.awaitility.Awaitility.await;

/**
 * How many datagrams of 64 bytes a second a consumer receives and a thread sends. The
 * other side is a process of its own. Run as a program; prints the median of several
 * rounds.
 */
public final class UnixBenchmark {

	private static final Duration ROUND = Duration.ofSeconds(3);

	private static final int ROUNDS = 5;

	private static final int SIZE = 64;

	private UnixBenchmark() {
	}

	public static void main(String[] args) throws Exception {
		if (args.length > 0 && args[0].equals("peer")) {
			peer(args[1], args[2]);
			return;
		}
		for (String what : new String[] { "plain", "descriptor", "credentials" }) {
			report("receive " + what, receive(what));
		}
		report("send plain", send());
	}

	private static void report(String what, long[] rates) {
		Arrays.sort(rates);
		System.out.printf("%-20s %,9d a second (lowest %,d, highest %,d)%n", what, rates[rates.length / 2], rates[0],
				rates[rates.length - 1]);
	}

	private static UnixDatagramConnection open(TestTransports transports, ConnectionType type, String path,
			String what) {
		UnixDatagramConnection connection = transports.create(SpecBuilder.of(type.getScheme(), type)
			.unix(Specs.path(path, what.equals("credentials"), what.equals("descriptor")))
			.build(), UnixDatagramConnection.class);
		connection.open();
		return connection;
	}

	@SuppressWarnings("unchecked")
	private static long[] receive(String what) throws Exception {
		String path = "@mooring-benchmark-" + ProcessHandle.current().pid() + what;
		AtomicLong count = new AtomicLong();
		try (TestTransports transports = new TestTransports()) {
			UnixDatagramConnection listener = open(transports, ConnectionType.UNIX_DATAGRAM_LISTEN, path, what);
			((MessageSource<UnixDatagram>) listener).attach("the benchmark", (datagram) -> count.incrementAndGet());
			Process peer = peerProcess("send-" + what, path);
			try {
				return rates(count);
			}
			finally {
				peer.destroyForcibly().onExit().join();
			}
		}
	}

	private static long[] send() throws Exception {
		String path = "@mooring-benchmark-" + ProcessHandle.current().pid() + "sink";
		Process peer = peerProcess("receive", path);
		AtomicLong count = new AtomicLong();
		try (TestTransports transports = new TestTransports()) {
			UnixDatagramConnection client = transports.create(
					SpecBuilder.of("client", ConnectionType.UNIX_DATAGRAM).unix(Specs.path(path)).build(),
					UnixDatagramConnection.class);
			await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
				client.open();
				return true;
			});
			CountDownLatch stop = new CountDownLatch(1);
			Thread sender = new Thread(() -> {
				byte[] payload = new byte[SIZE];
				while (stop.getCount() > 0) {
					client.send(payload);
					count.lazySet(count.get() + 1);
				}
			});
			sender.start();
			try {
				return rates(count);
			}
			finally {
				stop.countDown();
				sender.join();
			}
		}
		finally {
			peer.destroyForcibly().onExit().join();
		}
	}

	private static long[] rates(AtomicLong count) throws InterruptedException {
		long[] rates = new long[ROUNDS];
		CountDownLatch never = new CountDownLatch(1);
		for (int i = -1; i < ROUNDS; i++) {
			long before = count.get();
			long start = System.nanoTime();
			never.await(ROUND.toMillis(), TimeUnit.MILLISECONDS);
			if (i >= 0) {
				rates[i] = (count.get() - before) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
			}
		}
		return rates;
	}

	private static Process peerProcess(String what, String path) throws Exception {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), UnixBenchmark.class.getName(), "peer", what, path)
			.inheritIO()
			.start();
	}

	/**
	 * The least that can be done with the system calls, so that the other side has its
	 * processor for itself.
	 */
	private static void peer(String what, String path) throws Exception {
		RawSocket socket = new RawSocket();
		if (what.equals("receive")) {
			socket.bind(UnixPath.of(path));
			ReceiveBatch batch = new ReceiveBatch(SpecBuilder.of("sink", ConnectionType.UNIX_DATAGRAM_LISTEN).build());
			PollSet poll = new PollSet();
			int wake = new WakePipe().readEnd();
			while (true) {
				poll.await(socket.fd(), Os.POLLIN, wake, -1);
				while (batch.receive(socket.fd()) > 0) {
					// Dropped unseen
				}
			}
		}
		socket.connect(UnixPath.of(path));
		try (FileInputStream stream = new FileInputStream("/dev/null")) {
			SendBuffer buffer = new SendBuffer();
			Ancillary ancillary = what.endsWith("descriptor") ? Ancillary.ofDescriptors(stream.getFD())
					: Ancillary.NONE;
			buffer.write(new byte[SIZE], null, ancillary);
			while (LibC.sendmsg(socket.fd(), buffer.address(), 0) >= 0) {
				// Waits where the queue is full
			}
		}
	}

}
