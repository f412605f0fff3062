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
 * What the connections of an application share.
 *
 * @param interfaces the network interfaces of the machine
 * @param bindings finds local addresses
 * @param observer is told of what happens, and decides on further attempts
 * @param executor runs work for user code
 * @param handlers hands on what accepted clients sent, to user code; bounded
 * @param mailboxes open, close and notify connections
 * @param resources what transports share beyond that
 * @param beans the beans that connections refer to by name
 * @param tlsBundles has what TLS needs
 * @param nanoTime the clock for durations, as {@link System#nanoTime()}
 */
public record TransportContext(NetworkInterfaces interfaces, BindingResolver bindings, ConnectionObserver observer,
		Executor executor, Executor handlers, MailboxThreads mailboxes, SharedResources resources, NamedBeans beans,
		TlsBundles tlsBundles, LongSupplier nanoTime) {

	/**
	 * Return the same but for the observer.
	 * @param observer the other observer
	 * @return a context
	 */
	public TransportContext withObserver(ConnectionObserver observer) {
		return new TransportContext(this.interfaces, this.bindings, observer, this.executor, this.handlers,
				this.mailboxes, this.resources, this.beans, this.tlsBundles, this.nanoTime);
	}

}
