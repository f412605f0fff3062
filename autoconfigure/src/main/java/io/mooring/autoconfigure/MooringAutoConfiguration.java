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

import java.time.Duration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.mooring.Connections;
import io.mooring.autoconfigure.properties.BundleCheck;
import io.mooring.autoconfigure.properties.ConnectionDeclarations;
import io.mooring.autoconfigure.properties.LoadedConnections;
import io.mooring.autoconfigure.properties.TransportFactories;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.InterfaceWatcher;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.internal.ConnectionLifecycle;
import io.mooring.supervision.internal.ConnectionRoles;
import io.mooring.supervision.internal.ConnectionSupervisor;
import io.mooring.supervision.internal.ReconnectPolicies;
import io.mooring.supervision.internal.ShutdownLifecycle;
import io.mooring.supervision.internal.StartupGate;
import io.mooring.supervision.internal.Workers;
import io.mooring.transport.SharedResources;
import io.mooring.transport.TlsBundles;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.concurrent.MailboxThreads;
import io.mooring.transport.internal.concurrent.Shutdown;

/**
 * Auto-configuration for the connections declared below {@code mooring.connections}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "mooring.enabled", matchIfMissing = true)
@Import(ConnectionRegistrar.class)
@ImportRuntimeHints(MooringRuntimeHints.class)
public final class MooringAutoConfiguration {

	private static final String POLL_INTERVAL = "mooring.interfaces.poll-interval";

	private static final String MAX_THREADS = "mooring.workers.max-threads";

	/**
	 * Same default as Tomcat.
	 */
	private static final int DEFAULT_MAX_THREADS = 200;

	private static final String SHUTDOWN_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	/**
	 * Same default as Spring Boot.
	 */
	private static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

	@Bean
	@ConditionalOnMissingBean
	NetworkInterfaces mooringNetworkInterfaces() {
		return NetworkInterfaces.system();
	}

	@Bean
	Workers mooringWorkers(Environment environment) {
		int maxThreads = Binder.get(environment).bind(MAX_THREADS, Integer.class).orElse(DEFAULT_MAX_THREADS);
		if (maxThreads < 1) {
			throw new InvalidConfigurationPropertyValueException(MAX_THREADS, maxThreads,
					"The value is less than 1; accepted are numbers from 1, the default is " + DEFAULT_MAX_THREADS
							+ ".");
		}
		return new Workers(Threading.VIRTUAL.isActive(environment), maxThreads);
	}

	@Bean
	MailboxThreads mooringMailboxThreads() {
		return new MailboxThreads();
	}

	@Bean
	SharedResources mooringSharedResources() {
		return new SharedResources();
	}

	@Bean
	Shutdown mooringShutdown(Environment environment) {
		return new Shutdown(
				Binder.get(environment).bind(SHUTDOWN_TIMEOUT, Duration.class).orElse(DEFAULT_SHUTDOWN_TIMEOUT));
	}

	@Bean
	ShutdownLifecycle mooringShutdownLifecycle(Shutdown shutdown) {
		return new ShutdownLifecycle(shutdown);
	}

	@Bean
	InterfaceWatcher mooringInterfaceWatcher(NetworkInterfaces interfaces, Environment environment) {
		Duration interval = Binder.get(environment).bind(POLL_INTERVAL, Duration.class).orElse(Duration.ofSeconds(1));
		if (interval.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(POLL_INTERVAL, interval,
					"The value is negative; accepted are durations such as 1s, and 0 to disable polling.");
		}
		return new InterfaceWatcher(interfaces, interval);
	}

	@Bean
	ConnectionSupervisor mooringConnectionSupervisor(ObjectProvider<ReconnectPolicy> policy,
			ListableBeanFactory beanFactory, ApplicationEventPublisher publisher, InterfaceWatcher watcher,
			MailboxThreads threads) {
		ReconnectPolicies policies = new ReconnectPolicies(policy.getIfUnique(),
				(name) -> beanFactory.getBean(name, ReconnectPolicy.class));
		return new ConnectionSupervisor(policies, publisher::publishEvent, watcher, threads);
	}

	@Bean
	TransportFactories mooringTransportFactories() {
		return TransportFactories.load(ClassUtils.getDefaultClassLoader());
	}

	@Bean
	BootTlsBundles mooringTlsBundles(ObjectProvider<SslBundles> bundles, LoadedConnections declared) {
		return new BootTlsBundles(bundles::getIfAvailable, declared);
	}

	@Bean
	TransportContext mooringTransportContext(NetworkInterfaces interfaces, SharedResources resources, Workers workers,
			MailboxThreads mailboxes, ConnectionSupervisor supervisor, ListableBeanFactory beanFactory,
			TlsBundles tlsBundles) {
		return new TransportContext(interfaces, new BindingResolver(interfaces), supervisor, workers.executor(),
				workers.handlers(), mailboxes, resources, new BeanFactoryLookup(beanFactory), tlsBundles,
				System::nanoTime);
	}

	@Bean
	Connections mooringConnections(RuntimeDeclarations runtime, ListableBeanFactory beanFactory,
			Environment environment, TransportFactories transports, TransportContext context, BundleCheck bundles) {
		return new DefaultConnections(runtime, beanFactory, new ConnectionDeclarations(environment, transports),
				(loaded) -> {
					loaded.checkBeans(new BeanFactoryLookup(beanFactory));
					loaded.checkBundles(bundles);
				}, transports, context);
	}

	@Bean
	RuntimeDeclarations mooringRuntimeDeclarations(LoadedConnections declared, ConfigurableApplicationContext context,
			ObjectProvider<ConnectionExtension> extensions, ObjectProvider<ConnectionRoles> roles,
			ConnectionStarter starter) {
		return new RuntimeDeclarations(new ConnectionNames(declared.specs()), context, extensions, roles, starter);
	}

	@Bean
	ConnectionStarter mooringConnectionStarter(ConfigurableApplicationContext context) {
		return new ConnectionStarter(context);
	}

	/**
	 * Validator of the bean names in declared connections. The registrar cannot validate
	 * them, since it runs while beans are still being registered.
	 */
	@Bean
	static BeanFactoryPostProcessor mooringBeanReferencesCheck() {
		return (beanFactory) -> beanFactory.getBean(LoadedConnections.class)
			.checkBeans(new BeanFactoryLookup(beanFactory));
	}

	@Bean
	static LazyInitializationExcludeFilter mooringEagerInitialization() {
		return LazyInitializationExcludeFilter.forBeanTypes(ConnectionLifecycle.class, StartupGate.class,
				ConnectionStarter.class, ShutdownLifecycle.class);
	}

}
