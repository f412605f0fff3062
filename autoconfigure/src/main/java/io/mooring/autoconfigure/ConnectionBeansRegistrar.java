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

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

import io.mooring.Connection;
import io.mooring.ConnectionSpec;
import io.mooring.autoconfigure.properties.TransportFactories;
import io.mooring.supervision.internal.ConnectionLifecycle;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.concurrent.Shutdown;

/**
 * {@link BeanRegistrar} for one connection, by name and with the interface of its type,
 * and its lifecycle.
 */
class ConnectionBeansRegistrar implements BeanRegistrar {

	private final ConnectionSpec spec;

	ConnectionBeansRegistrar(ConnectionSpec spec) {
		this.spec = spec;
	}

	static String lifecycleName(String connection) {
		return connection + ".lifecycle";
	}

	@Override
	@SuppressWarnings("unchecked")
	public void register(BeanRegistry registry, Environment environment) {
		String name = this.spec.name();
		registry.registerBean(name, (Class<Connection>) this.spec.type().getBeanType(),
				(bean) -> bean.description("Connection mooring.connections." + name)
					.supplier((context) -> context.bean(TransportFactories.class)
						.create(this.spec, context.bean(TransportContext.class))));
		registry.registerBean(lifecycleName(name), ConnectionLifecycle.class,
				(bean) -> bean.infrastructure()
					.supplier((context) -> new ConnectionLifecycle(context.bean(name, SupervisedConnection.class),
							context.bean(Shutdown.class).timeout())));
	}

}
