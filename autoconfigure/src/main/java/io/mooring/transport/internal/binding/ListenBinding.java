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
 * What the binding of a connection without a remote leads to, each time that it is
 * opened.
 * <p>
 * Every interface that speaks IPv6 has a link-local address, also one whose other
 * addresses are gone. Once a connection has been at an address that leads further than
 * the link, a link-local one is no substitute: nobody would find the connection there,
 * and its state would tell that all is well. It waits for another address instead.
 */
public final class ListenBinding {

	private final BindingResolver bindings;

	private volatile @Nullable InetAddress last;

	/**
	 * Create a binding that has not led to anything yet.
	 * @param bindings resolves it
	 */
	public ListenBinding(BindingResolver bindings) {
		this.bindings = bindings;
	}

	/**
	 * Resolve the binding.
	 * @param binding the binding
	 * @return the address, and the interface unless the binding is fixed
	 * @throws UnknownHostException if a fixed host does not exist
	 * @throws BindingException if no interface corresponds to the binding, or one with
	 * nothing but link-local addresses where there was another address before
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
	 * Forget the addresses of before, as somebody closed the connection.
	 */
	public void reset() {
		this.last = null;
	}

}
