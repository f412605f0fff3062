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

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

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
	 * Return the settings that a type reads beside those of all types (direction,
	 * lifecycle, reconnecting, receiving, codecs, interceptors, integration and health).
	 * Keys of other settings are refused where they are declared for a connection of the
	 * type.
	 * <p>
	 * Settings are a constructor-bound record, annotated with
	 * {@code @ConfigurationProperties("mooring.defaults.<group>")} for the metadata,
	 * whose components are the keys below {@code mooring.connections.<name>.<group>}. It
	 * may implement {@link SettingsRules}.
	 * @param type one of the types
	 * @return the classes of the records
	 */
	Set<Class<?>> getSettings(ConnectionType type);

	/**
	 * Return the keys of the settings that the type does not read after all.
	 * @param type one of the types
	 * @return keys such as {@code local-port}; one of a group stands for all keys below
	 * it
	 */
	default Set<String> getUnsupportedKeys(ConnectionType type) {
		return Set.of();
	}

	/**
	 * Return the defaults of a type that differ from those of the settings.
	 * @param type one of the types
	 * @return values by key
	 */
	default Map<String, String> getDefaults(ConnectionType type) {
		return Map.of();
	}

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
	 * Check combinations of settings.
	 * @param spec the spec, whose settings have been checked
	 * @param check takes the faults
	 */
	default void validate(ConnectionSpec spec, SettingsCheck check) {
	}

	/**
	 * Make a connection. Opens nothing.
	 * @param spec a valid spec
	 * @param context what connections share
	 * @return the connection, an instance of the type's interface
	 */
	SupervisedConnection create(ConnectionSpec spec, TransportContext context);

}
