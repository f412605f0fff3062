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

package io.mooring.autoconfigure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanDefinitionStoreException;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanRegistryAdapter;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

import io.mooring.supervision.internal.ConnectionLifecycle;
import io.mooring.supervision.internal.ConnectionRoles;

/**
 * Beans of one connection in a running bean factory.
 */
final class ConnectionBeans {

	private static final Log logger = LogFactory.getLog(ConnectionBeans.class);

	private static final Comparator<SmartLifecycle> CONNECTION_FIRST = Comparator
		.comparing((SmartLifecycle lifecycle) -> !(lifecycle instanceof ConnectionLifecycle));

	private final String name;

	private final DefaultListableBeanFactory beanFactory;

	private final SimpleBeanDefinitionRegistry definitions = new SimpleBeanDefinitionRegistry();

	private final NavigableSet<String> names = new TreeSet<>();

	private final ReentrantLock lock = new ReentrantLock();

	private boolean stopped;

	/**
	 * Determine the beans of a connection.
	 * @param name the name of the connection
	 * @param registrars the registrars of the beans
	 * @param beanFactory the bean factory, which is not modified
	 * @param environment the environment
	 */
	ConnectionBeans(String name, List<BeanRegistrar> registrars, DefaultListableBeanFactory beanFactory,
			Environment environment) {
		this.name = name;
		this.beanFactory = beanFactory;
		for (BeanRegistrar registrar : registrars) {
			new BeanRegistryAdapter(this.definitions, beanFactory, environment, registrar.getClass())
				.register(registrar);
		}
		this.names.addAll(List.of(this.definitions.getBeanDefinitionNames()));
	}

	/**
	 * Register and create the beans, all or none.
	 * @throws IllegalArgumentException if a bean name is already used
	 */
	void create() {
		this.names.forEach(this::requireFree);
		List<String> registered = new ArrayList<>();
		try {
			for (String bean : this.names) {
				register(bean);
				registered.add(bean);
			}
			for (String bean : this.names) {
				if (!this.definitions.getBeanDefinition(bean).isLazyInit()) {
					this.beanFactory.getBean(bean);
				}
			}
		}
		catch (RuntimeException | Error ex) {
			this.names.retainAll(registered);
			remove();
			throw ex;
		}
	}

	private void requireFree(String bean) {
		if (this.beanFactory.containsLocalBean(bean)) {
			throw new IllegalArgumentException(taken(bean));
		}
	}

	private void register(String bean) {
		try {
			this.beanFactory.registerBeanDefinition(bean, this.definitions.getBeanDefinition(bean));
		}
		catch (BeanDefinitionStoreException ex) {
			throw new IllegalArgumentException(taken(bean), ex);
		}
	}

	private String taken(String bean) {
		String message = "Connection '" + this.name + "' requires the bean name '" + bean
				+ "', which is used by another bean" + origin(bean) + "; choose another name";
		return message + (bean.equals(this.name + ".in") ? ", or set integration.inbound-channel to use that channel"
				: bean.equals(this.name + ".out") ? ", or set integration.outbound-channel to use that channel" : "");
	}

	private String origin(String bean) {
		String description = this.beanFactory.containsBeanDefinition(bean)
				? this.beanFactory.getBeanDefinition(bean).getResourceDescription() : null;
		return (description != null) ? ", defined in " + description : "";
	}

	/**
	 * Start the auto-startup beans in the order of their phases, unless stopped.
	 */
	void start() {
		this.lock.lock();
		try {
			List<SmartLifecycle> lifecycles = lifecycles();
			lifecycles.sort(Comparator.comparingInt(SmartLifecycle::getPhase));
			for (SmartLifecycle lifecycle : lifecycles) {
				// May be stopped by a listener during the start
				if (!this.stopped && lifecycle.isAutoStartup() && !lifecycle.isRunning()) {
					lifecycle.start();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Add the connection to its role, unless stopped.
	 * @param roles the roles
	 */
	void addTo(ConnectionRoles roles) {
		this.lock.lock();
		try {
			if (!this.stopped) {
				connectionLifecycles().forEach(roles::add);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stop all beans permanently, the connection last, so that no endpoint uses a closed
	 * connection.
	 * @param roles the roles, {@code null} if there are none
	 */
	void stop(@Nullable ConnectionRoles roles) {
		this.lock.lock();
		try {
			this.stopped = true;
			if (roles != null) {
				connectionLifecycles().forEach(roles::remove);
			}
			List<SmartLifecycle> lifecycles = lifecycles();
			lifecycles.sort(CONNECTION_FIRST.thenComparing(SmartLifecycle::getPhase).reversed());
			lifecycles.forEach(this::stop);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void stop(SmartLifecycle lifecycle) {
		try {
			lifecycle.stop();
		}
		catch (RuntimeException ex) {
			logger.warn("Failed to stop a bean of connection '" + this.name + "'", ex);
		}
	}

	/**
	 * Return the lifecycle of the connection, empty if it was removed.
	 */
	List<ConnectionLifecycle> connectionLifecycles() {
		return lifecycles().stream()
			.filter(ConnectionLifecycle.class::isInstance)
			.map(ConnectionLifecycle.class::cast)
			.toList();
	}

	private List<SmartLifecycle> lifecycles() {
		List<SmartLifecycle> lifecycles = new ArrayList<>();
		for (String bean : this.names) {
			// The factory bean itself, if there is one
			if (this.beanFactory.getSingleton(bean) instanceof SmartLifecycle lifecycle) {
				lifecycles.add(lifecycle);
			}
		}
		return lifecycles;
	}

	/**
	 * Return the dependent beans, which would be destroyed with these.
	 */
	Set<String> dependents() {
		Set<String> dependents = new LinkedHashSet<>();
		Deque<String> left = new ArrayDeque<>(this.names);
		while (!left.isEmpty()) {
			for (String dependent : this.beanFactory.getDependentBeans(left.remove())) {
				if (!this.names.contains(dependent) && dependents.add(dependent)) {
					left.add(dependent);
				}
			}
		}
		dependents.removeIf((dependent) -> !this.beanFactory.containsSingleton(dependent));
		return dependents;
	}

	/**
	 * Destroy and unregister the beans, the connection last.
	 */
	void remove() {
		for (String bean : this.names.descendingSet()) {
			try {
				BeanDefinition merged = this.beanFactory.getMergedBeanDefinition(bean);
				this.beanFactory.removeBeanDefinition(bean);
				if (merged instanceof AbstractBeanDefinition definition) {
					// The factory would retain it, and with it the connection
					definition.setInstanceSupplier(null);
				}
			}
			catch (NoSuchBeanDefinitionException ex) {
				logger.debug("Bean '" + bean + "' was removed concurrently", ex);
			}
		}
	}

}
