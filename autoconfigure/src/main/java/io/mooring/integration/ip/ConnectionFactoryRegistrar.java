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

package io.mooring.integration.ip;

import java.util.function.Predicate;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.util.ClassUtils;

import io.mooring.Connection;
import io.mooring.ConnectionSpec;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.integration.IntegrationSettings;
import io.mooring.integration.internal.ConnectionAdaptersRegistrar;
import io.mooring.transport.internal.concurrent.Shutdown;

/**
 * {@link BeanRegistrar} for the channel adapters of a connection and, if it is a stream
 * and spring-integration-ip is on the class path, its lazy bean
 * {@code <name>.connectionFactory}.
 */
public final class ConnectionFactoryRegistrar implements BeanRegistrar {

	private static final boolean PRESENT = ClassUtils.isPresent(
			"org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory",
			ConnectionFactoryRegistrar.class.getClassLoader());

	private final String name;

	private final Class<? extends Connection> type;

	private final boolean enabled;

	private final ConnectionAdaptersRegistrar adapters;

	/**
	 * Create a registrar.
	 * @param spec the spec of the connection, which must be a bean of the same name
	 */
	public ConnectionFactoryRegistrar(ConnectionSpec spec) {
		this(spec, (channel) -> false);
	}

	/**
	 * Create a registrar for a connection whose channels may already exist.
	 * @param spec the spec of the connection, which must be a bean of the same name
	 * @param present tests whether a channel bean with the given name exists and is to be
	 * used as {@code <name>.in} or {@code <name>.out}
	 */
	public ConnectionFactoryRegistrar(ConnectionSpec spec, Predicate<String> present) {
		this.name = spec.name();
		this.type = spec.type().getBeanType();
		this.enabled = PRESENT && spec.get(IntegrationSettings.class).enabled();
		this.adapters = new ConnectionAdaptersRegistrar(spec, present);
	}

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		if (this.enabled) {
			registerFactory(registry);
		}
		registry.register(this.adapters);
	}

	private void registerFactory(BeanRegistry registry) {
		if (StreamConnection.class.isAssignableFrom(this.type)) {
			registry.registerBean(Bridge.factoryName(this.name), AbstractClientConnectionFactory.class,
					(bean) -> bean.lazyInit()
						.supplier((context) -> new ClientBridge(context.bean(this.name, Connection.class),
								this.adapters.claim(), this.adapters.headers(),
								context.beanProvider(Shutdown.class).getIfAvailable())));
		}
		else if (StreamListener.class.isAssignableFrom(this.type)) {
			registry.registerBean(Bridge.factoryName(this.name), AbstractServerConnectionFactory.class,
					(bean) -> bean.lazyInit()
						.supplier((context) -> new ListenerBridge(context.bean(this.name, Connection.class),
								this.adapters.claim(), this.adapters.headers(),
								context.beanProvider(Shutdown.class).getIfAvailable())));
		}
	}

}
