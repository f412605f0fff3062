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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

import io.mooring.Connection;
import io.mooring.ConnectionDeclaredEvent;
import io.mooring.ConnectionException;
import io.mooring.ConnectionRemovedEvent;
import io.mooring.ConnectionSpec;
import io.mooring.autoconfigure.ConnectionNames.Entry;
import io.mooring.integration.MissingChannelException;
import io.mooring.supervision.ConnectionStartupException;
import io.mooring.supervision.internal.ConnectionRoles;
import io.mooring.supervision.internal.StartupGate;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.settings.StartupSettings;

/**
 * Declaration and removal of connections at run time. Holds no lock while beans are
 * created, which acquires locks of the bean factory, or while a connection is opened or
 * closed, which calls user code.
 */
final class RuntimeDeclarations {

	private static final Log logger = LogFactory.getLog(RuntimeDeclarations.class);

	private final ConnectionNames names;

	private final ConfigurableApplicationContext context;

	private final ObjectProvider<ConnectionExtension> extensions;

	private final ObjectProvider<ConnectionRoles> roles;

	private final ConnectionStarter starter;

	/**
	 * Create declarations.
	 * @param names the registry of names
	 * @param context the application context
	 * @param extensions the providers of additional beans
	 * @param roles the registry of roles, if available
	 * @param starter the starter of connections
	 */
	RuntimeDeclarations(ConnectionNames names, ConfigurableApplicationContext context,
			ObjectProvider<ConnectionExtension> extensions, ObjectProvider<ConnectionRoles> roles,
			ConnectionStarter starter) {
		this.names = names;
		this.context = context;
		this.extensions = extensions;
		this.roles = roles;
		this.starter = starter;
	}

	Set<String> names() {
		return this.names.names();
	}

	/**
	 * Return the declared spelling of a name.
	 * @return the name, {@code null} if there is no such connection
	 */
	@Nullable String find(String name) {
		Entry entry = this.names.find(name);
		return (entry != null) ? entry.spec().name() : null;
	}

	Connection declare(ConnectionSpec spec) {
		requireOpen("'" + spec.name() + "' cannot be declared");
		Entry entry = this.names.reserve(spec);
		ConnectionBeans beans;
		Connection connection;
		try {
			beans = beans(spec);
			create(beans, spec);
			connection = connection(spec);
		}
		catch (RuntimeException | Error ex) {
			this.names.free(entry);
			throw ex;
		}
		this.names.declared(entry, beans);
		try {
			publish(new ConnectionDeclaredEvent(connection));
			if (this.starter.start(beans, spec.get(StartupSettings.class).phase())) {
				awaitStartup(beans, spec);
			}
			this.roles.ifAvailable(beans::addTo);
			requireOpen("'" + spec.name() + "' cannot be declared");
			if (!this.names.isDeclared(entry)) {
				throw new ConnectionException(spec.name(), "was removed while it was being declared");
			}
			return connection;
		}
		catch (RuntimeException | Error ex) {
			if (this.names.beginRemoval(entry)) {
				remove(entry, beans);
			}
			throw ex;
		}
	}

	private ConnectionBeans beans(ConnectionSpec spec) {
		List<BeanRegistrar> registrars = new ArrayList<>();
		registrars.add(new ConnectionBeansRegistrar(spec));
		this.extensions.orderedStream().forEach((extension) -> registrars.add(extension.registrar(spec)));
		return new ConnectionBeans(spec.name(), registrars, beanFactory(), this.context.getEnvironment());
	}

	private DefaultListableBeanFactory beanFactory() {
		return (DefaultListableBeanFactory) this.context.getBeanFactory();
	}

	private Connection connection(ConnectionSpec spec) {
		return beanFactory().getBean(spec.name(), Connection.class);
	}

	private void create(ConnectionBeans beans, ConnectionSpec spec) {
		try {
			beans.create();
		}
		catch (RuntimeException ex) {
			requireOpen("'" + spec.name() + "' cannot be declared");
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof MissingChannelException missing) {
					throw missing;
				}
			}
			throw ex;
		}
	}

	/**
	 * Wait according to the startup mode.
	 */
	private void awaitStartup(ConnectionBeans beans, ConnectionSpec spec) {
		try {
			new StartupGate(spec.get(StartupSettings.class).phase(), beans::connectionLifecycles).start();
		}
		catch (ConnectionStartupException ex) {
			Throwable cause = ex.getFailures().get(0).cause();
			throw (cause instanceof ConnectionException failure) ? failure
					: new ConnectionException(spec.name(), "failed to open: " + Errors.describe(cause), cause);
		}
	}

	boolean remove(String name) {
		requireOpen("'" + name + "' cannot be removed");
		Entry entry = this.names.find(name);
		if (entry == null) {
			return false;
		}
		ConnectionBeans registered = entry.beans();
		ConnectionBeans beans = (registered != null) ? registered : beans(entry.spec());
		Set<String> dependents = beans.dependents();
		if (!dependents.isEmpty()) {
			throw new IllegalStateException("Connection '" + entry.spec().name()
					+ "' cannot be removed: it is injected into " + String.join(", ", dependents)
					+ ", which would be destroyed with it; close it, or inject an ObjectProvider or Connections"
					+ " instead");
		}
		if (!this.names.beginRemoval(entry)) {
			return false;
		}
		remove(entry, beans);
		return true;
	}

	private void remove(Entry entry, ConnectionBeans beans) {
		Object connection = beanFactory().getSingleton(entry.spec().name());
		try {
			beans.stop(this.roles.getIfAvailable());
			beans.remove();
		}
		finally {
			this.names.free(entry);
		}
		if (connection instanceof Connection removed) {
			publish(new ConnectionRemovedEvent(removed));
		}
	}

	private void requireOpen(String refusal) {
		if (this.context.isClosed() || !this.context.isActive()) {
			throw new IllegalStateException("Connection " + refusal + ": the application context is closing");
		}
	}

	private void publish(Object event) {
		try {
			this.context.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("Failed to publish " + event, ex);
		}
	}

}
