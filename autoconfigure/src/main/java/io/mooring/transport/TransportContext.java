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

package io.mooring.transport;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.mooring.binding.BindingResolver;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.transport.internal.concurrent.MailboxThreads;

/**
 * Services shared by the connections of an application.
 *
 * @param interfaces the network interfaces of the host
 * @param bindings the resolver for local addresses
 * @param observer the observer, which decides on further attempts
 * @param executor the executor for user code
 * @param handlers the bounded executor for messages of accepted clients
 * @param mailboxes the threads that open, close and notify connections
 * @param resources the resources shared by transports
 * @param beans the lookup for named beans
 * @param tlsBundles the registry of TLS bundles
 * @param nanoTime the clock for durations, as {@link System#nanoTime()}
 */
public record TransportContext(NetworkInterfaces interfaces, BindingResolver bindings, ConnectionObserver observer,
		Executor executor, Executor handlers, MailboxThreads mailboxes, SharedResources resources, NamedBeans beans,
		TlsBundles tlsBundles, LongSupplier nanoTime) {

	/**
	 * Return a copy with another observer.
	 * @param observer the new observer
	 * @return a context
	 */
	public TransportContext withObserver(ConnectionObserver observer) {
		return new TransportContext(this.interfaces, this.bindings, observer, this.executor, this.handlers,
				this.mailboxes, this.resources, this.beans, this.tlsBundles, this.nanoTime);
	}

}
