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

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

import io.mooring.ConnectionSpec;
import io.mooring.autoconfigure.properties.ConnectionDeclarations;
import io.mooring.autoconfigure.properties.LoadedConnections;
import io.mooring.transport.settings.StartupSettings;

/**
 * {@link BeanRegistrar} for all declared connections. Runs again when an application
 * processed ahead of time starts, so that the environment at run time applies.
 */
class ConnectionRegistrar implements BeanRegistrar {

	private static final Map<Environment, LoadedConnections> LOADED = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * Take over what was loaded of an environment, which is all that registrars share.
	 * @param environment the environment
	 * @return the connections
	 */
	static LoadedConnections takeLoaded(Environment environment) {
		LoadedConnections loaded = LOADED.remove(environment);
		return (loaded != null) ? loaded : new ConnectionDeclarations(environment).load();
	}

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		LoadedConnections loaded = new ConnectionDeclarations(environment).load();
		LOADED.put(environment, loaded);
		List<ConnectionSpec> specs = loaded.specs();
		registry.registerBean("mooringDeclaredConnections", LoadedConnections.class,
				(bean) -> bean.infrastructure().supplier((context) -> loaded));
		specs.forEach((spec) -> registry.register(new ConnectionBeansRegistrar(spec)));
		specs.stream()
			.map((spec) -> spec.get(StartupSettings.class).phase())
			.distinct()
			.forEach((phase) -> registry.register(new StartupGateRegistrar(phase)));
	}

}
