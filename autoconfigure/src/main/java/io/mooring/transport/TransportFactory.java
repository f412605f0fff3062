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

package io.mooring.transport;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;

/**
 * Makes the connections of some types. Found by
 * {@link org.springframework.core.io.support.SpringFactoriesLoader}, hence stateless and
 * with a public constructor without arguments.
 */
public interface TransportFactory {

	/**
	 * Return the types that this factory makes.
	 * @return the types
	 */
	Set<ConnectionType> getTypes();

	/**
	 * Return which of the keys that are not common to all connections a type reads; any
	 * other is refused where it is declared for a connection of the type. Common are the
	 * keys of name, direction, lifecycle, reconnecting, receiving, codecs, interceptors,
	 * integration and health.
	 * @param type one of the types
	 * @return keys such as {@code local-port}; one of a group stands for all keys below
	 * it
	 */
	Set<String> getKeys(ConnectionType type);

	/**
	 * Return the key that the path of a URL stands for: with {@code subnet},
	 * {@code type:10.0.0.0/8} is {@code type:?subnet=10.0.0.0/8}.
	 * @param type one of the types
	 * @return the key, {@code null} if URLs of the type have no path
	 */
	default @Nullable String getPathKey(ConnectionType type) {
		return null;
	}

	/**
	 * Say what is wrong with a spec, beyond what holds for all types.
	 * @param spec the spec
	 * @param problems where to say it
	 */
	void validate(ConnectionSpec spec, SpecProblems problems);

	/**
	 * Make a connection. Opens nothing.
	 * @param spec a valid spec
	 * @param context what connections share
	 * @return the connection, an instance of the type's interface
	 */
	SupervisedConnection create(ConnectionSpec spec, TransportContext context);

}
