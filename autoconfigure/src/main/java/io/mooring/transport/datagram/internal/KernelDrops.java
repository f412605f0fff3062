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

package io.mooring.transport.datagram.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Counter of the datagrams that the Linux kernel dropped for one socket because its
 * receive buffer was full or the checksum was wrong: the last column of
 * {@code /proc/net/udp} and {@code udp6} (proc_net(5)). 0 elsewhere.
 */
final class KernelDrops {

	private static final Path PROC_NET = Path.of("/proc/self/net");

	private static final Path PROC_FD = Path.of("/proc/self/fd");

	private static final int PORT_COLUMN = 1;

	private static final int INODE_COLUMN = 9;

	private static final int DROPS_COLUMN = 12;

	private final @Nullable Path table;

	private final long inode;

	private long last;

	private long taken;

	private KernelDrops(@Nullable Path table, long inode) {
		this.table = table;
		this.inode = inode;
	}

	/**
	 * Find a socket that was just bound. Several of one process can have the same
	 * address; the youngest has the highest inode.
	 * @param local the local address of the socket
	 * @return the counter of the socket
	 */
	static KernelDrops of(SocketAddress local) {
		String port = String.format(Locale.ROOT, ":%04X", ((InetSocketAddress) local).getPort());
		for (String name : new String[] { "udp", "udp6" }) {
			Path table = PROC_NET.resolve(name);
			try (Stream<String[]> rows = rows(table)) {
				Set<Long> inodes = new HashSet<>();
				rows.filter((row) -> row[PORT_COLUMN].endsWith(port))
					.forEach((row) -> inodes.add(Long.parseLong(row[INODE_COLUMN])));
				inodes.retainAll(ownInodes(inodes));
				if (!inodes.isEmpty()) {
					return new KernelDrops(table, inodes.stream().mapToLong(Long::longValue).max().getAsLong());
				}
			}
			catch (IOException | RuntimeException ex) {
				// Not Linux, or not permitted: not available
			}
		}
		return new KernelDrops(null, 0);
	}

	private static Stream<String[]> rows(Path table) throws IOException {
		return Files.lines(table)
			.skip(1)
			.map((line) -> line.trim().split("\\s+"))
			.filter((row) -> row.length > DROPS_COLUMN);
	}

	private static Set<Long> ownInodes(Set<Long> candidates) throws IOException {
		Set<Long> own = new HashSet<>();
		try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC_FD)) {
			for (Path descriptor : descriptors) {
				inode(descriptor).ifPresent(own::add);
				if (own.containsAll(candidates)) {
					break;
				}
			}
		}
		return own;
	}

	private static OptionalLong inode(Path descriptor) {
		try {
			String target = Files.readSymbolicLink(descriptor).toString();
			return target.startsWith("socket:[")
					? OptionalLong.of(Long.parseLong(target.substring(8, target.length() - 1))) : OptionalLong.empty();
		}
		catch (IOException ex) {
			// Closed concurrently
			return OptionalLong.empty();
		}
	}

	/**
	 * Read the count.
	 * @return the datagrams dropped since the socket was created, less those taken
	 */
	synchronized long count() {
		return read() - this.taken;
	}

	/**
	 * Take the count and reset it.
	 * @return the count
	 */
	synchronized long take() {
		long count = count();
		this.taken += count;
		return count;
	}

	private long read() {
		if (this.table == null) {
			return 0;
		}
		String inode = Long.toString(this.inode);
		try (Stream<String[]> rows = rows(this.table)) {
			rows.filter((row) -> row[INODE_COLUMN].equals(inode))
				.findFirst()
				.ifPresent((row) -> this.last = Long.parseLong(row[DROPS_COLUMN]));
		}
		catch (IOException | RuntimeException ex) {
			// The last value remains
		}
		return this.last;
	}

}
