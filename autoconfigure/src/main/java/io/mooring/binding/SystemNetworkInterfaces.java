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

package io.mooring.binding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * {@link NetworkInterfaces} of the operating system. On Linux it also lists interfaces
 * without an address, which {@link NetworkInterface} omits, since "has no address" and
 * "does not exist" are different errors. An interface that is removed concurrently is
 * omitted. If an existing one cannot be read for lack of file descriptors, the
 * enumeration fails.
 */
final class SystemNetworkInterfaces implements NetworkInterfaces {

	private static final int ATTEMPTS = 3;

	private static final int DESCRIPTORS = 4;

	private static final String NONE = "No network interfaces configured";

	private static final int IFF_UP = 0x1;

	private static final int IFF_LOOPBACK = 0x8;

	private static final int IFF_MULTICAST = 0x1000;

	private static final Set<String> RUNNING = Set.of("up", "unknown");

	private static final Path LINUX_NAMES = Path.of("/proc/net/dev");

	private static final Path LINUX_INTERNET6 = Path.of("/proc/net/if_inet6");

	private static final Path LINUX_ATTRIBUTES = Path.of("/sys/class/net");

	private volatile boolean internet6;

	@Override
	public List<InterfaceSnapshot> list() {
		List<InterfaceSnapshot> snapshots = new ArrayList<>();
		enumerate().forEach((networkInterface) -> {
			add(networkInterface, snapshots);
			networkInterface.subInterfaces().forEach((alias) -> add(alias, snapshots));
		});
		checkInternet6(snapshots);
		addWithoutAddress(snapshots);
		snapshots.sort(Comparator.comparingInt(InterfaceSnapshot::index));
		return List.copyOf(snapshots);
	}

	/**
	 * Enumerate the interfaces that have an address. The JDK throws if there is none, and
	 * if one is removed concurrently.
	 * @return the interfaces
	 */
	private static List<NetworkInterface> enumerate() {
		SocketException failure = null;
		for (int i = 0; i < ATTEMPTS; i++) {
			try {
				return Collections.list(NetworkInterface.getNetworkInterfaces());
			}
			catch (SocketException ex) {
				if (NONE.equals(ex.getMessage())) {
					return List.of();
				}
				failure = ex;
			}
		}
		throw cannotList(Objects.requireNonNull(failure));
	}

	private static UncheckedIOException cannotList(IOException cause) {
		return new UncheckedIOException("Failed to list the network interfaces: " + cause.getMessage(), cause);
	}

	private static void add(NetworkInterface networkInterface, List<InterfaceSnapshot> snapshots) {
		try {
			List<InterfaceSnapshot.Address> addresses = new ArrayList<>();
			for (InterfaceAddress address : networkInterface.getInterfaceAddresses()) {
				addresses.add(new InterfaceSnapshot.Address(withoutNeedlessZone(address.getAddress()),
						address.getNetworkPrefixLength(), address.getBroadcast()));
			}
			// The JDK lists addresses in reverse order, a secondary before its primary
			Collections.reverse(addresses);
			snapshots.add(new InterfaceSnapshot(networkInterface.getName(), networkInterface.getIndex(),
					networkInterface.isUp(), networkInterface.isLoopback(), networkInterface.supportsMulticast(),
					addresses));
		}
		catch (SocketException ex) {
			String name = networkInterface.getName();
			int alias = name.indexOf(':');
			requireVanished(LINUX_ATTRIBUTES.resolve((alias < 0) ? name : name.substring(0, alias)), ex);
		}
	}

	/**
	 * Throw if an existing, readable file of the kernel could not be read for lack of
	 * file descriptors. The files of an interface that is being removed also exist for a
	 * while without being readable.
	 */
	private static void requireVanished(Path file, IOException failure) {
		if (Files.exists(file) && !(failure instanceof AccessDeniedException) && !hasDescriptors()) {
			throw cannotList(failure);
		}
	}

	/**
	 * Return whether enough file descriptors are available to read the attributes of an
	 * interface.
	 */
	private static boolean hasDescriptors() {
		List<InputStream> streams = new ArrayList<>();
		try {
			for (int i = 0; i < DESCRIPTORS; i++) {
				streams.add(Files.newInputStream(LINUX_NAMES));
			}
			return true;
		}
		catch (IOException ex) {
			return false;
		}
		finally {
			for (InputStream stream : streams) {
				try {
					stream.close();
				}
				catch (IOException ex) {
					// Nothing was written
				}
			}
		}
	}

	/**
	 * Throw if IPv6 addresses are missing: the JDK omits all of them if it has no
	 * descriptor to read them. Without IPv6 support it never returns any.
	 */
	private void checkInternet6(List<InterfaceSnapshot> snapshots) {
		if (snapshots.stream()
			.flatMap((snapshot) -> snapshot.addresses().stream())
			.anyMatch((address) -> address.address() instanceof Inet6Address)) {
			this.internet6 = true;
		}
		else if (this.internet6) {
			try {
				if (!Files.readString(LINUX_INTERNET6).isEmpty()) {
					throw cannotList(new IOException("the IPv6 addresses are missing"));
				}
			}
			catch (IOException ex) {
				requireVanished(LINUX_INTERNET6, ex);
			}
		}
	}

	private static InetAddress withoutNeedlessZone(InetAddress address) {
		if (!(address instanceof Inet6Address) || address.isLinkLocalAddress()) {
			return address;
		}
		return IpAddresses.of(address.getAddress());
	}

	private static void addWithoutAddress(List<InterfaceSnapshot> snapshots) {
		Set<String> known = snapshots.stream().map(InterfaceSnapshot::name).collect(Collectors.toSet());
		try (Stream<String> lines = Files.lines(LINUX_NAMES)) {
			lines.filter((line) -> line.contains(":"))
				.map((line) -> line.substring(0, line.indexOf(':')).trim())
				.filter((name) -> !known.contains(name))
				.map(SystemNetworkInterfaces::withoutAddress)
				.filter(Objects::nonNull)
				.forEach(snapshots::add);
		}
		catch (IOException ex) {
			// Not Linux, or not readable: interfaces with an address only
			requireVanished(LINUX_NAMES, ex);
		}
	}

	private static @Nullable InterfaceSnapshot withoutAddress(String name) {
		try {
			Path attributes = LINUX_ATTRIBUTES.resolve(name);
			int index = Integer.decode(Files.readString(attributes.resolve("ifindex")).trim());
			int flags = Integer.decode(Files.readString(attributes.resolve("flags")).trim());
			boolean running = RUNNING.contains(Files.readString(attributes.resolve("operstate")).trim());
			return new InterfaceSnapshot(name, index, (flags & IFF_UP) != 0 && running, (flags & IFF_LOOPBACK) != 0,
					(flags & IFF_MULTICAST) != 0, List.of());
		}
		catch (IOException ex) {
			requireVanished(LINUX_ATTRIBUTES.resolve(name), ex);
			return null;
		}
	}

}
