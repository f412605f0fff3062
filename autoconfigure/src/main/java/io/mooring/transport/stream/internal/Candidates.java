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

package io.mooring.transport.stream.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.ResolvedBinding;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.Remote;

/**
 * Finds the addresses to try for a remote, as they are at the moment.
 */
final class Candidates {

	private final BindingResolver bindings;

	private final ConnectionSpec spec;

	Candidates(BindingResolver bindings, ConnectionSpec spec) {
		this.bindings = bindings;
		this.spec = spec;
	}

	/**
	 * Find them.
	 * @param remote the remote
	 * @return at least one, the families by turns, beginning with the system's choice
	 * @throws IOException if there is none
	 */
	List<Candidate> find(Remote remote) throws IOException {
		InetAddress[] addresses = InetAddress.getAllByName(remote.host());
		List<Candidate> candidates = new ArrayList<>();
		for (InetAddress address : byTurns(addresses)) {
			ResolvedBinding local = this.bindings.resolve(AddressSettings.binding(this.spec),
					IpAddresses.family(address));
			if (local.address() == null || IpAddresses.family(local.address()) == IpAddresses.family(address)) {
				candidates.add(new Candidate(new InetSocketAddress(address, remote.port()), local(local),
						(local.networkInterface() != null) ? local.networkInterface().name() : null));
			}
		}
		if (candidates.isEmpty()) {
			throw new IOException("no address of " + remote.host() + " (" + Arrays.toString(addresses)
					+ ") is of the family of the local address, " + AddressSettings.binding(this.spec));
		}
		return candidates;
	}

	private @Nullable InetSocketAddress local(ResolvedBinding local) {
		if (local.address() != null) {
			return new InetSocketAddress(local.address(), AddressSettings.localPort(this.spec));
		}
		return (AddressSettings.localPort(this.spec) != 0) ? new InetSocketAddress(AddressSettings.localPort(this.spec))
				: null;
	}

	private static List<InetAddress> byTurns(InetAddress[] addresses) {
		Deque<InetAddress> first = new ArrayDeque<>();
		Deque<InetAddress> second = new ArrayDeque<>();
		for (InetAddress address : addresses) {
			((IpAddresses.family(address) == IpAddresses.family(addresses[0])) ? first : second).add(address);
		}
		List<InetAddress> ordered = new ArrayList<>();
		while (!first.isEmpty() || !second.isEmpty()) {
			boolean turn = ordered.size() % 2 == 0;
			ordered.add(((turn && !first.isEmpty()) || second.isEmpty()) ? first.remove() : second.remove());
		}
		return ordered;
	}

	/**
	 * An address of the remote, and what to bind to for it.
	 *
	 * @param remote the address of the remote
	 * @param local what to bind to, {@code null} for the system's choice
	 * @param interfaceName the interface that the binding found
	 */
	record Candidate(InetSocketAddress remote, @Nullable InetSocketAddress local, @Nullable String interfaceName) {

	}

}
