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
 * Factory for the connections of some types. Loaded by
 * {@link org.springframework.core.io.support.SpringFactoriesLoader}; implementations are
 * stateless and have a public no-argument constructor.
 */
public interface TransportFactory {

	/**
	 * Return the supported types.
	 * @return the types
	 */
	Set<ConnectionType> getTypes();

	/**
	 * Return the settings of a type, in addition to those of all types (direction,
	 * lifecycle, reconnecting, receiving, codecs, interceptors, integration and health).
	 * Keys of other settings are rejected for connections of the type.
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
	 * Return the keys of these settings that the type does not support.
	 * @param type one of the types
	 * @return keys such as {@code local-port}; a group includes all keys below it
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
	 * Return the key that is set by the path of a URL: with {@code subnet},
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
	 * @param check the context, which collects errors
	 */
	default void validate(ConnectionSpec spec, SettingsCheck check) {
	}

	/**
	 * Create a connection without opening it.
	 * @param spec a valid spec
	 * @param context the shared services
	 * @return the connection, an instance of the interface of its type
	 */
	SupervisedConnection create(ConnectionSpec spec, TransportContext context);

}
