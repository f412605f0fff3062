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

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pair of virtual Ethernet interfaces for one test, one end in the namespace of the test
 * and one in that of its peers, with its own network. Tests that only change their own
 * wires may run concurrently. It exists until the end of the class.
 */
public class Wire {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private final int number = COUNTER.incrementAndGet();

	private final String peerNamespace;

	private final Runnable whenUp;

	Wire(Topology topology) {
		this.peerNamespace = topology.peerNamespace();
		this.whenUp = () -> topology.awaitUp(name());
	}

	/**
	 * Return a number that no other wire has, from 1.
	 */
	public int number() {
		return this.number;
	}

	public String name() {
		return "wire" + this.number;
	}

	public String peerName() {
		return name() + "p";
	}

	public String subnet() {
		return network() + "0/24";
	}

	public String address() {
		return address(1);
	}

	public String peerAddress() {
		return address(2);
	}

	/**
	 * Return an address in the network of this wire.
	 * @param host its last byte
	 */
	public String address(int host) {
		return network() + host;
	}

	public String subnet6() {
		return network6() + "/64";
	}

	public String address6() {
		return network6() + 1;
	}

	public String peerAddress6() {
		return network6() + 2;
	}

	String peerNamespace() {
		return this.peerNamespace;
	}

	private String network() {
		return "10.78." + this.number + ".";
	}

	private String network6() {
		return "fd78:%x::".formatted(this.number);
	}

	/**
	 * Create both ends, up and with their addresses.
	 */
	public void make() {
		createLink();
		shell("""
				ip -netns $namespace address add %s/24 dev $peer
				ip -netns $namespace address add %s/64 dev $peer nodad
				ip -netns $namespace link set $peer up
				ip address add %s/24 dev $wire
				ip address add %s/64 dev $wire nodad
				ip link set $wire up
				""".formatted(peerAddress(), peerAddress6(), address(), address6()));
		this.whenUp.run();
	}

	/**
	 * Create both ends, down and without addresses.
	 */
	void createLink() {
		shell("ip link add $wire type veth peer name $peer netns $namespace");
	}

	/**
	 * Delete both ends.
	 */
	public void delete() {
		shell("ip link del $wire");
	}

	public void down() {
		shell("ip link set $wire down");
	}

	public void up() {
		shell("ip link set $wire up");
		this.whenUp.run();
	}

	/**
	 * Set the end of the peers down, so that this end loses its carrier.
	 */
	public void peerDown() {
		shell("ip -netns $namespace link set $peer down");
	}

	public void peerUp() {
		shell("ip -netns $namespace link set $peer up");
		this.whenUp.run();
	}

	/**
	 * Add an address such as {@code 10.77.1.9/24}, usable at once.
	 */
	public void addAddress(String address) {
		shell("ip address add " + address + " dev $wire" + (address.contains(":") ? " nodad" : ""));
	}

	public void removeAddress(String address) {
		shell("ip address del " + address + " dev $wire");
	}

	/**
	 * Add an address of the peers.
	 */
	public void addPeerAddress(String address) {
		shell("ip -netns $namespace address add " + address + " dev $peer");
	}

	public void removePeerAddress(String address) {
		shell("ip -netns $namespace address del " + address + " dev $peer");
	}

	/**
	 * Add a route from the test to a network of the peers.
	 */
	public void addRoute(String destination) {
		shell("ip route add " + destination + " via " + peerAddress() + " dev $wire");
	}

	public void removeRoute(String destination) {
		shell("ip route del " + destination);
	}

	private void shell(String commands) {
		Commands.run("sh", "-e", "-c",
				"wire=%s; peer=%s; namespace=%s\n%s".formatted(name(), peerName(), this.peerNamespace, commands));
	}

}
