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
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
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
 * The interfaces of this machine. {@link NetworkInterface} does not know those that have
 * no address; on Linux they are added, since "has no address" and "does not exist" are
 * different mistakes. An interface that vanishes meanwhile is left out.
 */
final class SystemNetworkInterfaces implements NetworkInterfaces {

	private static final int ATTEMPTS = 3;

	private static final String NONE = "No network interfaces configured";

	private static final int IFF_UP = 0x1;

	private static final int IFF_LOOPBACK = 0x8;

	private static final int IFF_MULTICAST = 0x1000;

	private static final Set<String> RUNNING = Set.of("up", "unknown");

	private static final Path LINUX_NAMES = Path.of("/proc/net/dev");

	private static final Path LINUX_ATTRIBUTES = Path.of("/sys/class/net");

	@Override
	public List<InterfaceSnapshot> list() {
		List<InterfaceSnapshot> snapshots = new ArrayList<>();
		enumerate().forEach((networkInterface) -> {
			add(networkInterface, snapshots);
			networkInterface.subInterfaces().forEach((alias) -> add(alias, snapshots));
		});
		addWithoutAddress(snapshots);
		snapshots.sort(Comparator.comparingInt(InterfaceSnapshot::index));
		return List.copyOf(snapshots);
	}

	/**
	 * Enumerate the interfaces that have an address. The JDK fails when none has, and
	 * when one vanishes in the middle of it.
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
		throw new UncheckedIOException("The network interfaces cannot be listed", failure);
	}

	private static void add(NetworkInterface networkInterface, List<InterfaceSnapshot> snapshots) {
		try {
			List<InterfaceSnapshot.Address> addresses = new ArrayList<>();
			for (InterfaceAddress address : networkInterface.getInterfaceAddresses()) {
				addresses.add(new InterfaceSnapshot.Address(withoutNeedlessZone(address.getAddress()),
						address.getNetworkPrefixLength(), address.getBroadcast()));
			}
			// The JDK lists the last one first, and so a secondary before its primary
			Collections.reverse(addresses);
			snapshots.add(new InterfaceSnapshot(networkInterface.getName(), networkInterface.getIndex(),
					networkInterface.isUp(), networkInterface.isLoopback(), networkInterface.supportsMulticast(),
					addresses));
		}
		catch (SocketException ex) {
			// It has vanished
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
		catch (IOException | UncheckedIOException ex) {
			// Not Linux, or not to be read: those with an address have to do
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
			return null;
		}
	}

}
