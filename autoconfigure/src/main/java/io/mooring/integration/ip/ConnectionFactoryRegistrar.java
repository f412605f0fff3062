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

import java.util.Map;
import java.util.function.Function;

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
import io.mooring.transport.internal.concurrent.Shutdown;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * {@link BeanRegistrar} for the lazy bean {@code <name>.connectionFactory} of a stream
 * connection, if spring-integration-ip is on the class path.
 */
public final class ConnectionFactoryRegistrar implements BeanRegistrar {

	private static final boolean PRESENT = ClassUtils.isPresent(
			"org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory",
			ConnectionFactoryRegistrar.class.getClassLoader());

	private final String name;

	private final Class<? extends Connection> type;

	private final InboundClaim claim;

	private final Function<StreamPeer, Map<String, Object>> headers;

	/**
	 * Create a registrar.
	 * @param spec the spec of the connection, which must be a bean of the same name
	 * @param claim the claim of the listener of the factory, which takes precedence over
	 * {@code <name>.in}
	 * @param headers the headers of the messages of a peer, in addition to those of the
	 * mapper
	 */
	public ConnectionFactoryRegistrar(ConnectionSpec spec, InboundClaim claim,
			Function<StreamPeer, Map<String, Object>> headers) {
		this.name = spec.name();
		this.type = spec.type().getBeanType();
		this.claim = claim;
		this.headers = headers;
	}

	static String beanName(String connection) {
		return connection + ".connectionFactory";
	}

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		if (!PRESENT) {
			return;
		}
		if (StreamConnection.class.isAssignableFrom(this.type)) {
			registry.registerBean(beanName(this.name), AbstractClientConnectionFactory.class,
					(bean) -> bean.lazyInit()
						.supplier((context) -> new ClientBridge(context.bean(this.name, Connection.class), this.claim,
								this.headers, context.beanProvider(Shutdown.class).getIfAvailable())));
		}
		else if (StreamListener.class.isAssignableFrom(this.type)) {
			registry.registerBean(beanName(this.name), AbstractServerConnectionFactory.class,
					(bean) -> bean.lazyInit()
						.supplier((context) -> new ListenerBridge(context.bean(this.name, Connection.class), this.claim,
								this.headers, context.beanProvider(Shutdown.class).getIfAvailable())));
		}
	}

}
