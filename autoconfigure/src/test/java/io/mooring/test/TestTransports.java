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

package io.mooring.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.autoconfigure.properties.TransportFactories;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.InterfaceWatcher;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.internal.ConnectionSupervisor;
import io.mooring.supervision.internal.ReconnectPolicies;
import io.mooring.supervision.internal.Workers;
import io.mooring.transport.SharedResources;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TlsBundles;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.concurrent.MailboxThreads;

/**
 * Factory for supervised connections without an application, which closes them at the
 * end.
 */
public final class TestTransports implements AutoCloseable {

	/**
	 * The number of threads for frames of accepted clients.
	 */
	public static final int HANDLER_THREADS = 20;

	private final List<ConnectionStateChangedEvent> events = new CopyOnWriteArrayList<>();

	private volatile Consumer<ConnectionStateChangedEvent> listener = (event) -> {
	};

	private final Workers workers = new Workers(false, HANDLER_THREADS);

	private final MailboxThreads mailboxes = new MailboxThreads();

	private final SharedResources resources = new SharedResources();

	private final ConnectionSupervisor supervisor;

	private final Map<String, Object> beans = new ConcurrentHashMap<>();

	private final AtomicLong later = new AtomicLong();

	private final AtomicLong looks = new AtomicLong();

	private volatile LongSupplier clock = System::nanoTime;

	private final Map<String, ReconnectPolicy> policies = new ConcurrentHashMap<>();

	private final TransportContext context;

	private final TransportFactories factories = TransportFactories.load(null);

	public TestTransports() {
		this(NetworkInterfaces.system(), null);
	}

	public TestTransports(NetworkInterfaces interfaces, @Nullable ReconnectPolicy policy) {
		this(interfaces, policy, (name) -> {
			throw new IllegalArgumentException("There are no SSL bundles");
		});
	}

	public TestTransports(TlsBundles tlsBundles) {
		this(NetworkInterfaces.system(), null, tlsBundles);
	}

	private TestTransports(NetworkInterfaces interfaces, @Nullable ReconnectPolicy policy, TlsBundles tlsBundles) {
		ReconnectPolicies policies = new ReconnectPolicies(policy,
				(name) -> Objects.requireNonNull(this.policies.get(name), name));
		this.supervisor = new ConnectionSupervisor(policies, (event) -> {
			this.events.add(event);
			this.listener.accept(event);
		}, new InterfaceWatcher(interfaces, Duration.ofMillis(50)), this.mailboxes);
		this.context = new TransportContext(interfaces, new BindingResolver(interfaces), this.supervisor,
				this.workers.executor(), this.workers.handlers(), this.mailboxes, this.resources, this::bean,
				tlsBundles, this::nanoTime);
	}

	private <T> T bean(String name, Class<T> type) {
		return type.cast(Objects.requireNonNull(this.beans.get(name), name));
	}

	private long nanoTime() {
		this.looks.incrementAndGet();
		return this.clock.getAsLong() + this.later.get();
	}

	public SupervisedConnection create(ConnectionSpec spec) {
		return this.factories.create(spec, this.context);
	}

	public <C> C create(ConnectionSpec spec, Class<C> kind) {
		return kind.cast(create(spec));
	}

	public TransportContext context() {
		return this.context;
	}

	/**
	 * Return the beans that connections may name.
	 */
	public Map<String, Object> beans() {
		return this.beans;
	}

	/**
	 * Return the policies that connections may name.
	 */
	public Map<String, ReconnectPolicy> policies() {
		return this.policies;
	}

	/**
	 * Stop the clock of the connections, which the test then advances. Their timers
	 * continue, read the clock, and wait again.
	 */
	public void holdTime() {
		long now = System.nanoTime();
		this.clock = () -> now;
	}

	/**
	 * Advance the clock of the connections.
	 */
	public void pass(Duration time) {
		this.later.addAndGet(time.toNanos());
	}

	/**
	 * Return how often connections have read the clock.
	 */
	public long looks() {
		return this.looks.get();
	}

	public TransportFactories factories() {
		return this.factories;
	}

	public List<ConnectionStateChangedEvent> events() {
		return this.events;
	}

	public void onEvent(Consumer<ConnectionStateChangedEvent> listener) {
		this.listener = listener;
	}

	public List<ConnectionState> states() {
		return this.events.stream().map(ConnectionStateChangedEvent::current).toList();
	}

	@Override
	public void close() {
		this.supervisor.close();
		this.mailboxes.close();
		this.workers.close();
		try {
			this.resources.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
