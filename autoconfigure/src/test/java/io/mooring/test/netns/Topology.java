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

package io.mooring.test.netns;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * Interfaces of two namespaces as declared by {@link NetworkNamespaceTest}, set up from
 * inside the first one.
 */
final class Topology {

	// Without it link-local addresses are not usable for the first second or two
	private static final String NO_DUPLICATE_ADDRESS_DETECTION = "for scope in all default; do "
			+ "echo 0 > /proc/sys/net/ipv6/conf/$scope/accept_dad; done";

	private final NetworkNamespaceTest settings;

	private final String peerNamespace;

	private final Set<String> given;

	private final Set<String> givenToPeer;

	private volatile boolean changed = true;

	Topology(NetworkNamespaceTest settings, String peerNamespace) {
		this.settings = settings;
		this.peerNamespace = peerNamespace;
		this.given = links();
		this.givenToPeer = links(inPeer());
	}

	String peerNamespace() {
		return this.peerNamespace;
	}

	String[] inPeer(String... command) {
		return concat(new String[] { "ip", "netns", "exec", this.peerNamespace }, command);
	}

	void markChanged() {
		this.changed = true;
	}

	/**
	 * Restore the initial state of the interfaces if a test has changed it.
	 */
	void restore() {
		if (!this.changed) {
			return;
		}
		clear(this.given);
		clear(this.givenToPeer, inPeer());
		makeFirstPair();
		connect(NetworkNamespaces.SECOND_INTERFACE, NetworkNamespaces.SECOND_PEER_INTERFACE);
		configure(NetworkNamespaces.SECOND_INTERFACE, this.settings.secondAddresses());
		configure(NetworkNamespaces.SECOND_PEER_INTERFACE, this.settings.secondPeerAddresses(), inPeer());
		awaitUp(NetworkNamespaces.SECOND_INTERFACE);
		this.changed = false;
	}

	void makeFirstPair() {
		connect(NetworkNamespaces.INTERFACE, NetworkNamespaces.PEER_INTERFACE);
		configure(NetworkNamespaces.INTERFACE, this.settings.addresses());
		configure(NetworkNamespaces.PEER_INTERFACE, this.settings.peerAddresses(), inPeer());
		awaitUp(NetworkNamespaces.INTERFACE);
	}

	void addAddress(String name, String address, String... prefix) {
		String[] command = ip(prefix, "address", "add", address, "dev", name);
		Commands.run((address.contains(":")) ? concat(command, "nodad") : command);
	}

	/**
	 * Wait until the kernel reports that an interface is up, except for one without an
	 * address, which the JDK does not list.
	 */
	void awaitUp(String name) {
		Awaitility.await("up: " + name).atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(() -> {
			try {
				NetworkInterface found = NetworkInterface.getByName(name);
				return found == null || found.isUp();
			}
			catch (SocketException ex) {
				return false;
			}
		});
	}

	private static void clear(Set<String> given, String... prefix) {
		Commands.run(concat(prefix, "sh", "-c", NO_DUPLICATE_ADDRESS_DETECTION));
		for (String link : links(prefix)) {
			// It may have been deleted together with its other end
			if (!given.contains(link) && links(prefix).contains(link)) {
				Commands.run(ip(prefix, "link", "del", link));
			}
		}
		Commands.run(ip(prefix, "link", "set", "lo", "down"));
		Commands.run(ip(prefix, "address", "flush", "dev", "lo"));
		Commands.run(ip(prefix, "link", "set", "lo", "up"));
	}

	private void connect(String name, String peer) {
		Commands.run("ip", "link", "add", name, "type", "veth", "peer", "name", peer, "netns", this.peerNamespace);
	}

	private void configure(String name, String[] addresses, String... prefix) {
		Commands.run(ip(prefix, "link", "set", name, "up"));
		for (String address : addresses) {
			addAddress(name, address, prefix);
		}
	}

	private static Set<String> links(String... prefix) {
		return Commands.run(ip(prefix, "-oneline", "link", "show"))
			.lines()
			.map((line) -> line.split(":\\s+")[1].replaceFirst("@.*", ""))
			.collect(Collectors.toSet());
	}

	private static String[] ip(String[] prefix, String... arguments) {
		return concat(prefix, concat(new String[] { "ip" }, arguments));
	}

	private static String[] concat(String[] first, String... second) {
		return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
	}

}
