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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.mooring.test.Requirements;

/**
 * The two network namespaces of a {@link NetworkNamespaceTest}: the one that the test
 * runs in, and the one of its peers. The first pair of interfaces is {@value #INTERFACE}
 * &lt;-&gt; {@value #PEER_INTERFACE}, the second {@value #SECOND_INTERFACE} &lt;-&gt;
 * {@value #SECOND_PEER_INTERFACE}.
 */
public final class NetworkNamespaces implements AutoCloseable {

	public static final String INTERFACE = "veth0";

	public static final String PEER_INTERFACE = "peer0";

	public static final String SECOND_INTERFACE = "veth1";

	public static final String SECOND_PEER_INTERFACE = "peer1";

	public static final String ADDRESS = "10.77.1.1";

	public static final String PEER_ADDRESS = "10.77.1.2";

	public static final String SECOND_ADDRESS = "10.77.2.1";

	public static final String SECOND_PEER_ADDRESS = "10.77.2.2";

	public static final String ADDRESS6 = "fd77:1::1";

	public static final String PEER_ADDRESS6 = "fd77:1::2";

	public static final String SECOND_ADDRESS6 = "fd77:2::1";

	public static final String SECOND_PEER_ADDRESS6 = "fd77:2::2";

	private final Topology topology;

	private final List<Process> processes = new ArrayList<>();

	NetworkNamespaces(Topology topology) {
		this.topology = topology;
	}

	/**
	 * Run a command in the namespace of the test and wait for it.
	 * @return the output
	 * @throws AssertionError if it fails, or takes longer than 30 seconds
	 */
	public String run(String... command) {
		noteChange(command);
		return Commands.run(command);
	}

	/**
	 * Run a command in the namespace of the peers and wait for it.
	 * @return the output
	 * @throws AssertionError if it fails, or takes longer than 30 seconds
	 */
	public String peer(String... command) {
		noteChange(command);
		return Commands.run(this.topology.inPeer(command));
	}

	/**
	 * Start a process in the namespace of the test. It is terminated with the test.
	 */
	public Process start(String... command) {
		return startAndTrack(command);
	}

	/**
	 * Start a process in the namespace of the peers. It is terminated with the test. Its
	 * output, including errors, is read from its input stream.
	 */
	public Process startPeer(String... command) {
		return startAndTrack(this.topology.inPeer(command));
	}

	/**
	 * Create a further pair of interfaces for this test only.
	 */
	public Wire wire() {
		Wire wire = new Wire(this.topology);
		wire.make();
		return wire;
	}

	/**
	 * Create a further pair of interfaces with a process between them, which is
	 * terminated with the test. Needs Python and a kernel with TAP interfaces.
	 */
	public LossyWire lossyWire() {
		if (!Files.exists(Path.of("/dev/net/tun"))) {
			throw Requirements.unmet("Needs /dev/net/tun", null);
		}
		LossyWire wire = new LossyWire(this.topology, this::startAndTrack);
		wire.make();
		return wire;
	}

	public void linkUp(String name) {
		run("ip", "link", "set", name, "up");
		this.topology.awaitUp(name);
	}

	/**
	 * Take an interface of the test down, which loses its IPv6 addresses.
	 */
	public void linkDown(String name) {
		run("ip", "link", "set", name, "down");
	}

	/**
	 * Add an address such as {@code 10.77.1.9/24}, usable at once.
	 */
	public void addAddress(String name, String address) {
		this.topology.markChanged();
		this.topology.addAddress(name, address);
	}

	public void removeAddress(String name, String address) {
		run("ip", "address", "del", address, "dev", name);
	}

	/**
	 * Delete all interfaces and recreate them in their initial state.
	 */
	public void makeAnew() {
		this.topology.markChanged();
		this.topology.restore();
	}

	/**
	 * Recreate the deleted first pair of interfaces in its initial state.
	 */
	public void makeFirstPair() {
		this.topology.markChanged();
		this.topology.makeFirstPair();
	}

	private void noteChange(String[] command) {
		if (command[0].equals("ip")) {
			this.topology.markChanged();
		}
	}

	private synchronized Process startAndTrack(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			// They would accumulate in a long test
			this.processes.removeIf((started) -> !started.isAlive());
			this.processes.add(process);
			return process;
		}
		catch (IOException ex) {
			throw new AssertionError("Cannot start " + String.join(" ", command), ex);
		}
	}

	/**
	 * Terminate the processes started here.
	 */
	@Override
	public synchronized void close() {
		this.processes.forEach(Commands::end);
		this.processes.clear();
	}

}
