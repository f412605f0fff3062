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

package io.mooring.transport.internal.binding;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.UnixPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link SocketFile}, with the stream sockets of the JDK.
 */
@EnabledOnOs(OS.LINUX)
class SocketFileTests {

	private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-rw----");

	@TempDir
	private Path directory;

	private Path file;

	private UnixPath path;

	@BeforeEach
	void setUp() {
		this.file = this.directory.resolve("x.sock");
		this.path = UnixPath.of(this.file.toString());
	}

	private SocketFile bindAside(ServerSocketChannel server) throws IOException {
		return SocketFile.bindAside(this.path, MODE, SocketFileTests::isInUse,
				(target) -> server.bind(UnixDomainSocketAddress.of(target.toFile())));
	}

	private static boolean isInUse(UnixPath path) throws IOException {
		try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path.toFile()))) {
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
	}

	private static ServerSocketChannel server() throws IOException {
		return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
	}

	@Test
	void movesASocketIntoPlaceAndRemovesIt() throws Exception {
		try (ServerSocketChannel server = server()) {
			SocketFile socketFile = bindAside(server);
			assertThat(Files.getPosixFilePermissions(this.file)).isEqualTo(MODE);
			try (Stream<Path> entries = Files.list(this.directory)) {
				assertThat(entries).containsExactly(this.file);
			}
			assertThat(isInUse(this.path)).isTrue();
			socketFile.remove();
			assertThat(this.file).doesNotExist();
			socketFile.remove();
		}
	}

	@Test
	void replacesAStaleSocketOnly() throws Exception {
		try (ServerSocketChannel crashed = server(); ServerSocketChannel server = server()) {
			SocketFile stale = bindAside(crashed);
			assertThatIOException().isThrownBy(() -> bindAside(server))
				.withMessage("cannot bind to " + this.file + ": Address already in use by another socket");
			crashed.close();
			bindAside(server);
			stale.remove();
			assertThat(isInUse(this.path)).as("the file of another is left alone").isTrue();
		}
	}

	@Test
	void doesNotReplaceWhoWasFaster() throws Exception {
		try (ServerSocketChannel crashed = server();
				ServerSocketChannel server = server();
				ServerSocketChannel faster = server()) {
			bindAside(crashed);
			crashed.close();
			assertThatIOException()
				.isThrownBy(() -> SocketFile.bindAside(this.path, MODE, SocketFileTests::isInUse, (target) -> {
					// As another process does
					Path moved = this.directory.resolve("y.sock");
					faster.bind(UnixDomainSocketAddress.of(moved));
					Files.move(moved, this.file, StandardCopyOption.ATOMIC_MOVE);
					server.bind(UnixDomainSocketAddress.of(target.toFile()));
				}))
				.withMessage("cannot bind to " + this.file
						+ ": Address already in use (taken by another process during bind)");
			assertThat(isInUse(this.path)).isTrue();
			try (Stream<Path> entries = Files.list(this.directory)) {
				assertThat(entries).containsExactly(this.file);
			}
		}
	}

	@Test
	void oneOfManyThreadsGetsThePath() throws Exception {
		int count = 8;
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			for (int round = 0; round < 40; round++) {
				CyclicBarrier bound = new CyclicBarrier(count);
				List<Future<SocketFile>> attempts = new ArrayList<>();
				List<ServerSocketChannel> servers = new ArrayList<>();
				for (int i = 0; i < count; i++) {
					ServerSocketChannel server = server();
					servers.add(server);
					attempts.add(threads.submit(() -> SocketFile.bindAside(this.path, MODE, SocketFileTests::isInUse,
							(target) -> bindTogether(server, target, bound))));
				}
				assertThat(winners(attempts)).isEqualTo(1);
				for (ServerSocketChannel server : servers) {
					server.close();
				}
				Files.delete(this.file);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Bind, and wait a moment for the others that do: the file is looked at afterwards.
	 */
	private static void bindTogether(ServerSocketChannel server, UnixPath target, CyclicBarrier bound)
			throws IOException {
		server.bind(UnixDomainSocketAddress.of(target.toFile()));
		try {
			bound.await(50, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			// The others were refused before
		}
	}

	private static int winners(List<Future<SocketFile>> attempts) throws InterruptedException {
		int winners = 0;
		for (Future<SocketFile> attempt : attempts) {
			try {
				attempt.get();
				winners++;
			}
			catch (ExecutionException ex) {
				assertThat(ex.getCause()).hasMessageContaining("Address already in use");
			}
		}
		return winners;
	}

	@Test
	void leavesWhatIsNoSocketAlone() throws Exception {
		Files.writeString(this.file, "precious");
		try (ServerSocketChannel server = server()) {
			assertThatIOException().isThrownBy(() -> bindAside(server))
				.withMessageContaining("it exists and is not a socket, so it is not replaced");
		}
		assertThat(this.file).hasContent("precious");
	}

	@Test
	void saysWhyNothingCanBeMadeThere() {
		UnixPath path = UnixPath.of("/proc/self/x.sock");
		assertThatIOException()
			.isThrownBy(() -> SocketFile.bindAside(path, MODE, SocketFileTests::isInUse, (target) -> {
			}))
			.withMessageMatching("cannot bind to /proc/self/x.sock: cannot make the directory /proc/self/\\.\\w{6}, "
					+ "where the socket is made: .+");
	}

	@Test
	void leavesNothingBehindWhereBindingFails() throws Exception {
		assertThatIOException()
			.isThrownBy(() -> SocketFile.bindAside(this.path, MODE, SocketFileTests::isInUse, (target) -> {
				throw new IOException("on purpose");
			}))
			.withMessage("on purpose");
		try (Stream<Path> entries = Files.list(this.directory)) {
			assertThat(entries).isEmpty();
		}
	}

}
