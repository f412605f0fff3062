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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;

/**
 * The types there are, and who makes them.
 */
public final class TransportFactories {

	private final Map<String, ConnectionType> types = new LinkedHashMap<>();

	private final Map<ConnectionType, TransportFactory> factories = new LinkedHashMap<>();

	/**
	 * Create a collection.
	 * @param factories the factories; the first one that makes a type makes it
	 */
	public TransportFactories(List<TransportFactory> factories) {
		for (TransportFactory factory : factories) {
			factory.getTypes().stream().sorted((a, b) -> a.getScheme().compareTo(b.getScheme())).forEach((type) -> {
				if (this.factories.putIfAbsent(type, factory) == null) {
					this.types.put(type.getScheme(), type);
				}
			});
		}
	}

	/**
	 * Find the factories of a class path.
	 * @param classLoader where to look, {@code null} for the default
	 * @return the factories
	 */
	public static TransportFactories load(@Nullable ClassLoader classLoader) {
		return new TransportFactories(
				SpringFactoriesLoader.forDefaultResourceLocation(classLoader).load(TransportFactory.class));
	}

	/**
	 * Return all types.
	 * @return the types, in a stable order
	 */
	public List<ConnectionType> types() {
		return new ArrayList<>(this.types.values());
	}

	/**
	 * Find a type.
	 * @param scheme its name
	 * @return the type, {@code null} if there is none
	 */
	public @Nullable ConnectionType type(String scheme) {
		return this.types.get(scheme);
	}

	/**
	 * Return who makes a type.
	 * @param type one of {@link #types()}
	 * @return the factory
	 */
	public TransportFactory factory(ConnectionType type) {
		TransportFactory factory = this.factories.get(type);
		if (factory == null) {
			throw new IllegalArgumentException("No transport makes the type '" + type + "'");
		}
		return factory;
	}

	/**
	 * Make a connection. Opens nothing.
	 * @param spec a valid spec
	 * @param context what connections share
	 * @return the connection
	 */
	public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
		return factory(spec.type()).create(spec, context);
	}

}
