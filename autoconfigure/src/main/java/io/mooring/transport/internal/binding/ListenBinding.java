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

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.BindingException;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.ResolvedBinding;
import io.mooring.binding.SocketBinding;

/**
 * Binding of a connection without a remote, resolved at each opening.
 * <p>
 * Every IPv6 interface has a link-local address, even if its other addresses were
 * removed. After a connection has been bound to another address, a link-local one is not
 * a substitute: peers could not reach the connection, although its state would be
 * CONNECTED. It waits for another address instead.
 */
public final class ListenBinding {

	private final BindingResolver bindings;

	private volatile @Nullable InetAddress last;

	/**
	 * Create an unresolved binding.
	 * @param bindings the resolver
	 */
	public ListenBinding(BindingResolver bindings) {
		this.bindings = bindings;
	}

	/**
	 * Resolve the binding.
	 * @param binding the binding
	 * @return the address, and the interface unless the binding is fixed
	 * @throws UnknownHostException if a fixed host cannot be resolved
	 * @throws BindingException if no interface matches the binding, or one that has lost
	 * all except link-local addresses
	 */
	public ResolvedBinding resolve(SocketBinding binding) throws UnknownHostException {
		ResolvedBinding resolved = this.bindings.resolve(binding);
		InetAddress address = resolved.address();
		if (!(binding instanceof SocketBinding.Interface named) || address == null) {
			return resolved;
		}
		InetAddress before = this.last;
		if (!IpAddresses.isIpv6LinkLocal(address)) {
			this.last = address;
		}
		else if (before != null) {
			throw new BindingException("Network interface '" + named.name()
					+ "' has no address any more but link-local " + "ones, such as " + address.getHostAddress()
					+ ", which do not replace " + before.getHostAddress() + "; waiting for another one");
		}
		return resolved;
	}

	/**
	 * Forget previous addresses after the connection was closed by the application.
	 */
	public void reset() {
		this.last = null;
	}

}
