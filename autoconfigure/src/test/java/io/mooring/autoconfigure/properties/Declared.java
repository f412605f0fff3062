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

package io.mooring.autoconfigure.properties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.mooring.ConnectionSpec;
import io.mooring.transport.TransportFactory;
import io.mooring.transport.datagram.internal.DatagramTransportFactory;
import io.mooring.transport.unix.internal.UnixDatagramTransportFactory;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An environment to declare connections in, made of what each test says and nothing of
 * the machine.
 */
class Declared {

	private final StandardEnvironment environment = new StandardEnvironment();

	private List<TransportFactory> transports = List.of(new DatagramTransportFactory(),
			new UnixDatagramTransportFactory());

	private Map<String, Class<?>> beans;

	Declared() {
		variables(Map.of());
		systemProperties(Map.of());
	}

	/**
	 * Declare by an application.yml with a connection called ground.
	 */
	static Declared ground(String... lines) {
		return new Declared().yml("application.yml",
				"mooring:\n  connections:\n    ground:\n      " + String.join("\n      ", lines) + "\n");
	}

	/**
	 * Add a file that overrides those added before.
	 */
	Declared yml(String fileName, String text) {
		try {
			new YamlPropertySourceLoader().load(fileName, new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)) {

				@Override
				public String getFilename() {
					return fileName;
				}

			})
				.forEach((source) -> this.environment.getPropertySources()
					.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, source));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Declared variables(Map<String, Object> variables) {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return this;
	}

	Declared systemProperties(Map<String, Object> properties) {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
					new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties));
		return this;
	}

	Declared commandLine(String... args) {
		this.environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
		return this;
	}

	/**
	 * Declare connections of another transport than datagrams.
	 */
	Declared transport(TransportFactory... transports) {
		this.transports = List.of(transports);
		return this;
	}

	/**
	 * Have beans, by their names, that connections may refer to.
	 */
	Declared beans(Map<String, Class<?>> beans) {
		this.beans = beans;
		return this;
	}

	ConnectionDeclarations declarations() {
		return new ConnectionDeclarations(this.environment, new TransportFactories(this.transports));
	}

	private LoadedConnections load() {
		LoadedConnections loaded = declarations().load();
		if (this.beans != null) {
			loaded.checkBeans(new Beans(this.beans));
		}
		return loaded;
	}

	List<ConnectionSpec> specs() {
		return load().specs();
	}

	ConnectionSpec spec() {
		List<ConnectionSpec> specs = specs();
		if (specs.size() != 1) {
			throw new IllegalStateException("Not one but " + specs);
		}
		return specs.get(0);
	}

	/**
	 * Load, and return the text of all faults, none if there are none.
	 */
	List<String> faults() {
		InvalidConnectionsException ex = catchThrowableOfType(InvalidConnectionsException.class, this::specs);
		return (ex != null) ? ex.getFaults().stream().map(Fault::toString).toList() : List.of();
	}

	private record Beans(Map<String, Class<?>> types) implements BeanLookup {

		@Override
		public boolean contains(String name, Class<?> type) {
			return names(type).contains(name);
		}

		@Override
		public Collection<String> names(Class<?> type) {
			return this.types.keySet().stream().filter((name) -> type.isAssignableFrom(this.types.get(name))).toList();
		}

	}

}
