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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.BindingException;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.InterfaceChange;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.ResolvedBinding;
import io.mooring.binding.SocketBinding;

/**
 * Check that a socket still has the address that its binding resolves to.
 */
public final class BindingCheck {

	private BindingCheck() {
	}

	/**
	 * Check that a socket is bound to the address that its binding resolves to.
	 * @param binding the binding
	 * @param bindings the resolver
	 * @param socketAddress the local address of the socket
	 * @param remote the remote address of the socket, {@code null} if it is not connected
	 * @param interfaceName the interface that the socket was bound through, if any
	 * @param change the change of the interfaces
	 * @throws IOException if the host of a fixed binding has no address
	 * @throws BindingException if the address was removed or no longer matches the
	 * binding
	 */
	public static void check(SocketBinding binding, BindingResolver bindings, @Nullable SocketAddress socketAddress,
			@Nullable SocketAddress remote, @Nullable String interfaceName, InterfaceChange change) throws IOException {
		if (!(socketAddress instanceof InetSocketAddress local)) {
			return;
		}
		checkPresent(local, change);
		if (!(binding instanceof SocketBinding.Fixed) && interfaceName != null) {
			ResolvedBinding now = bindings.resolve(binding, preferred(remote));
			checkSame(interfaceName, local.getAddress(), now);
		}
	}

	/**
	 * Check that a local address still exists.
	 * @param local the address of a socket
	 * @param change the change of the interfaces
	 * @throws BindingException if the address was removed
	 */
	public static void checkPresent(@Nullable SocketAddress local, InterfaceChange change) {
		if (local instanceof InetSocketAddress inet && change.removed(inet.getAddress())) {
			throw new BindingException(
					"the address " + inet.getAddress().getHostAddress() + " is gone from the machine");
		}
	}

	/**
	 * Check that a binding still resolves to the same address of the same interface.
	 * @param interfaceName the name of the interface
	 * @param address the address
	 * @param now the resolved binding
	 * @throws BindingException if it is different
	 */
	public static void checkSame(String interfaceName, InetAddress address, ResolvedBinding now) {
		InterfaceSnapshot found = now.networkInterface();
		if (found != null && !found.name().equals(interfaceName)) {
			throw new BindingException(
					"the binding leads to the network interface " + found + " now, no longer to " + interfaceName);
		}
		if (!Objects.equals(now.address(), address)) {
			throw new BindingException("the binding leads to the address " + text(now.address()) + " now, no longer to "
					+ address.getHostAddress());
		}
	}

	private static String text(@Nullable InetAddress address) {
		return (address != null) ? address.getHostAddress() : "any";
	}

	/**
	 * The family that was preferred when the socket was opened, which is not always that
	 * of its address.
	 */
	private static @Nullable StandardProtocolFamily preferred(@Nullable SocketAddress remote) {
		return (remote instanceof InetSocketAddress inet) ? IpAddresses.family(inet.getAddress()) : null;
	}

}
