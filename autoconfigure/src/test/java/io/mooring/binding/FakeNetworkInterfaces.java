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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Fake {@link NetworkInterfaces} that a test can change. Thread-safe.
 */
public final class FakeNetworkInterfaces implements NetworkInterfaces {

	private final Map<String, InterfaceSnapshot> interfaces = new LinkedHashMap<>();

	private int lastIndex;

	/**
	 * Return a host with only a loopback interface.
	 */
	public static FakeNetworkInterfaces withLoopback() {
		FakeNetworkInterfaces interfaces = new FakeNetworkInterfaces();
		interfaces.put(
				new InterfaceSnapshot("lo", 1, true, true, false, List.of(address("127.0.0.1/8"), address("::1/128"))));
		return interfaces;
	}

	/**
	 * Add an interface that is up, with the next index.
	 * @param addresses the addresses, such as {@code 10.0.0.5/24}
	 */
	public FakeNetworkInterfaces add(String name, String... addresses) {
		return add(name, nextIndex(), addresses);
	}

	public FakeNetworkInterfaces add(String name, int index, String... addresses) {
		return put(new InterfaceSnapshot(name, index, true, false, true,
				Stream.of(addresses).map(FakeNetworkInterfaces::address).toList()));
	}

	public synchronized FakeNetworkInterfaces put(InterfaceSnapshot snapshot) {
		this.interfaces.put(snapshot.name(), snapshot);
		this.lastIndex = Math.max(this.lastIndex, snapshot.index());
		return this;
	}

	public synchronized FakeNetworkInterfaces remove(String name) {
		this.interfaces.remove(name);
		return this;
	}

	public FakeNetworkInterfaces up(String name) {
		return change(name, (old) -> copy(old, true, old.addresses()));
	}

	public FakeNetworkInterfaces down(String name) {
		return change(name, (old) -> copy(old, false, old.addresses()));
	}

	public FakeNetworkInterfaces addAddress(String name, String address) {
		return change(name, (old) -> {
			List<InterfaceSnapshot.Address> addresses = new ArrayList<>(old.addresses());
			addresses.add(address(address));
			return copy(old, old.up(), addresses);
		});
	}

	public FakeNetworkInterfaces removeAddress(String name, String address) {
		return change(name, (old) -> {
			List<InterfaceSnapshot.Address> addresses = new ArrayList<>(old.addresses());
			addresses.remove(address(address));
			return copy(old, old.up(), addresses);
		});
	}

	@Override
	public synchronized List<InterfaceSnapshot> list() {
		return this.interfaces.values().stream().sorted(Comparator.comparingInt(InterfaceSnapshot::index)).toList();
	}

	private synchronized int nextIndex() {
		return this.lastIndex + 1;
	}

	private synchronized FakeNetworkInterfaces change(String name, UnaryOperator<InterfaceSnapshot> change) {
		if (this.interfaces.computeIfPresent(name, (key, old) -> change.apply(old)) == null) {
			throw new IllegalArgumentException("No interface " + name);
		}
		return this;
	}

	private static InterfaceSnapshot copy(InterfaceSnapshot old, boolean up,
			List<InterfaceSnapshot.Address> addresses) {
		return new InterfaceSnapshot(old.name(), old.index(), up, old.loopback(), old.multicast(), addresses);
	}

	private static InterfaceSnapshot.Address address(String text) {
		String[] parts = text.split("/");
		try {
			return new InterfaceSnapshot.Address(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]), null);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(text, ex);
		}
	}

}
