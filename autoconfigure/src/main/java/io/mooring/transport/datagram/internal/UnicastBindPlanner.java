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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.binding.BindingException;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.InterfaceChange;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.ResolvedBinding;
import io.mooring.binding.SocketBinding;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.internal.binding.BindingCheck;
import io.mooring.transport.internal.binding.ListenBinding;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.Remote;

/**
 * {@link BindPlanner} for all types except multicast.
 */
final class UnicastBindPlanner implements BindPlanner {

	private static final @Nullable InetAddress LIMITED_BROADCAST = IpAddresses.parse("255.255.255.255");

	private final ConnectionSpec spec;

	private final BindingResolver bindings;

	private final ListenBinding listenBinding;

	UnicastBindPlanner(ConnectionSpec spec, BindingResolver bindings) {
		this.spec = spec;
		this.bindings = bindings;
		this.listenBinding = new ListenBinding(bindings);
	}

	@Override
	public BindPlan plan() throws IOException {
		Remote remote = AddressSettings.remote(this.spec);
		if (remote != null) {
			return clientPlan(remote);
		}
		ResolvedBinding local = resolveLocal();
		if (this.spec.type().equals(ConnectionType.UDP_BROADCAST_IN) && local.networkInterface() != null) {
			return plan(new ResolvedBinding(broadcastAddress(local), local.networkInterface()), null, null);
		}
		return plan(local, null, this.spec.get(BroadcastSettings.class).isEnabled() ? broadcast(local) : null);
	}

	@Override
	public BindPlan check(BindPlan plan, InterfaceChange change) throws IOException {
		BindingCheck.checkPresent(plan.local(), change);
		InterfaceSnapshot found = plan.networkInterface();
		if (found == null) {
			return plan;
		}
		InetAddress address = plan.local().getAddress();
		ResolvedBinding now = (plan.remote() != null)
				? this.bindings.resolve(AddressSettings.binding(this.spec), IpAddresses.family(address))
				: resolveLocal();
		if (this.spec.type().equals(ConnectionType.UDP_BROADCAST_IN)) {
			now = new ResolvedBinding(broadcastAddress(now), now.networkInterface());
		}
		BindingCheck.checkSame(found.name(), address, now);
		if (plan.broadcast() != null && !plan.broadcast().equals(broadcast(now))) {
			throw new BindingException(
					"the broadcast address of " + found.name() + " is no longer " + plan.broadcast().getHostAddress());
		}
		return plan;
	}

	@Override
	public void reset() {
		this.listenBinding.reset();
	}

	private BindPlan clientPlan(Remote remote) throws IOException {
		InetAddress[] addresses = InetAddress.getAllByName(remote.host());
		ResolvedBinding local = this.bindings.resolve(AddressSettings.binding(this.spec),
				IpAddresses.family(addresses[0]));
		InetAddress address = Arrays.stream(addresses)
			.filter((candidate) -> local.address() == null
					|| IpAddresses.family(candidate) == IpAddresses.family(local.address()))
			.findFirst()
			.orElseThrow(() -> new IOException("no address of " + remote.host() + " (" + Arrays.toString(addresses)
					+ ") is of the family of the local address " + local.address()));
		return plan(local, new InetSocketAddress(address, remote.port()), null);
	}

	/**
	 * The interface for broadcasts is determined by the local address, since Linux has no
	 * IP_BROADCAST_IF.
	 */
	private ResolvedBinding resolveLocal() throws IOException {
		String broadcastInterface = this.spec.get(BroadcastSettings.class).interfaceName();
		return this.listenBinding.resolve((broadcastInterface != null) ? new SocketBinding.Interface(broadcastInterface)
				: AddressSettings.binding(this.spec));
	}

	private static InetAddress broadcastAddress(ResolvedBinding local) throws IOException {
		InetAddress broadcast = ownBroadcast(local);
		if (broadcast == null) {
			throw new IOException(
					"cannot bind to a broadcast address: there is none for " + local.address() + " of the interface "
							+ local.networkInterface() + "; IPv6 and prefixes of 31 and 32 bits have none");
		}
		return broadcast;
	}

	private static @Nullable InetAddress ownBroadcast(ResolvedBinding local) {
		return (local.networkInterface() != null && local.address() != null)
				? local.networkInterface().broadcastOf(local.address()) : null;
	}

	private @Nullable InetAddress broadcast(ResolvedBinding local) {
		if (AddressSettings.binding(this.spec) instanceof SocketBinding.Subnet subnet) {
			return subnet.network().getBroadcastAddress();
		}
		if (AddressSettings.binding(this.spec) instanceof SocketBinding.Interface) {
			return ownBroadcast(local);
		}
		return (local.address() == null || IpAddresses.family(local.address()) == StandardProtocolFamily.INET)
				? LIMITED_BROADCAST : null;
	}

	/**
	 * One socket for both families if neither is required.
	 */
	private BindPlan plan(ResolvedBinding local, @Nullable InetSocketAddress remote, @Nullable InetAddress broadcast) {
		InetAddress decisive = (local.address() != null) ? local.address()
				: ((remote != null) ? remote.getAddress() : null);
		return new BindPlan((decisive != null) ? IpAddresses.family(decisive) : null,
				BindPlanner.local(local.address(), AddressSettings.localPort(this.spec)), remote,
				local.networkInterface(), broadcast, null, null);
	}

}
