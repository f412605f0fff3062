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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.springframework.beans.factory.support.BeanRegistryAdapter;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.ContextStartedEvent;

/**
 * Starter of connections declared at run time. The lifecycle of the application
 * determines the beans to start once, right before its first phase; beans registered
 * later are started here.
 */
final class ConnectionStarter implements SmartLifecycle, ApplicationListener<ApplicationContextEvent> {

	private final ConfigurableApplicationContext context;

	private final Queue<ConnectionBeans> early = new ConcurrentLinkedQueue<>();

	private volatile boolean started;

	/**
	 * Create a starter.
	 * @param context the application context
	 */
	ConnectionStarter(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start a connection immediately, or with the application.
	 * @param beans the beans of the connection
	 * @param phase the phase of the connection
	 * @return whether the connection was started immediately
	 */
	boolean start(ConnectionBeans beans, int phase) {
		if (this.started || this.context.isRunning()) {
			beans.start();
			return true;
		}
		registerGate(phase);
		this.early.add(beans);
		return false;
	}

	private synchronized void registerGate(int phase) {
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) this.context.getBeanFactory();
		if (!beanFactory.containsBeanDefinition(StartupGateRegistrar.beanName(phase))) {
			new BeanRegistryAdapter(beanFactory, this.context.getEnvironment(), StartupGateRegistrar.class)
				.register(new StartupGateRegistrar(phase));
		}
	}

	/**
	 * Start connections registered too late for the lifecycle and too early for
	 * {@link #start(ConnectionBeans, int)}.
	 */
	@Override
	public void onApplicationEvent(ApplicationContextEvent event) {
		if (event.getApplicationContext() == this.context
				&& (event instanceof ContextRefreshedEvent || event instanceof ContextStartedEvent)) {
			for (ConnectionBeans beans = this.early.poll(); beans != null; beans = this.early.poll()) {
				beans.start();
			}
		}
	}

	@Override
	public void start() {
		this.started = true;
	}

	@Override
	public void stop() {
		this.started = false;
	}

	@Override
	public boolean isRunning() {
		return this.started;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
