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
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;

/**
 * The connections that an environment declares below {@code mooring.connections}, with
 * {@code mooring.defaults} applied. Loads and checks specs, whether they come from the
 * environment, from a URL, or from code.
 */
public final class ConnectionDeclarations {

	private static final ConfigurationPropertyName ANY = ConfigurationPropertyName.of("mooring.connections.connection");

	private final List<PropertySource<?>> sources;

	private final List<ConfigurationPropertySource> keySources = new ArrayList<>();

	private final PlaceholdersResolver placeholders;

	private final TransportTypes types;

	/**
	 * Create declarations for the transports that {@code META-INF/spring.factories} has.
	 * @param environment the environment, a {@link ConfigurableEnvironment}
	 */
	public ConnectionDeclarations(Environment environment) {
		this(environment, TransportFactories.load(ClassUtils.getDefaultClassLoader()));
	}

	/**
	 * Create declarations.
	 * @param environment the environment, a {@link ConfigurableEnvironment}
	 * @param transports make the types of connections that may be declared
	 */
	public ConnectionDeclarations(Environment environment, TransportFactories transports) {
		Assert.isInstanceOf(ConfigurableEnvironment.class, environment);
		this.sources = ((ConfigurableEnvironment) environment).getPropertySources().stream().toList();
		ConfigurationPropertySources.from(this.sources).forEach(this.keySources::add);
		this.placeholders = new PropertySourcesPlaceholdersResolver(this.sources);
		this.types = new TransportTypes(transports);
	}

	/**
	 * Register the settings records of the transports that there are for reflection.
	 * @param hints the hints
	 */
	public static void registerHints(RuntimeHints hints) {
		List<Class<?>> settings = TransportTypes.settings(TransportFactories.load(ClassUtils.getDefaultClassLoader()));
		BindableRuntimeHintsRegistrar.forTypes(settings.toArray(Class<?>[]::new)).registerHints(hints);
		settings.forEach((type) -> {
			hints.reflection().registerType(type, MemberCategory.ACCESS_DECLARED_FIELDS);
			for (Class<?> nested : type.getDeclaredClasses()) {
				hints.reflection().registerType(nested, MemberCategory.ACCESS_DECLARED_FIELDS);
			}
		});
	}

	/**
	 * Load the declared connections.
	 * @return the connections, in the order of declaration
	 * @throws InvalidConnectionsException with all faults of all connections, if there
	 * are any
	 */
	public LoadedConnections load() {
		Faults faults = new Faults();
		List<PropertySource<?>> overridingLast = new ArrayList<>(this.sources);
		Collections.reverse(overridingLast);
		List<LoadedConnections.Loaded> loaded = new ArrayList<>();
		for (Declaration declaration : new Declarations(this.types.keys(), faults)
			.find(RawProperty.of(overridingLast))) {
			Layers layers = layers(declaration.bindingName(), declaration.property(), declaration.first().origin(),
					faults)
				.own(this.keySources)
				.defaults(this.keySources);
			ConnectionSpec spec = load(declaration.name(), layers);
			if (spec != null) {
				loaded.add(new LoadedConnections.Loaded(spec, layers, faults));
			}
		}
		if (!faults.all().isEmpty()) {
			throw new InvalidConnectionsException(faults.all());
		}
		return new LoadedConnections(List.copyOf(loaded));
	}

	/**
	 * Make the spec of a connection that is declared by a URL while the application runs.
	 * @param name its name
	 * @param url what it is, as in the {@code url} property
	 * @return the spec and the origins of its keys
	 * @throws InvalidConnectionsException with all faults of the name, the URL and the
	 * defaults, if there are any
	 */
	public LoadedConnections declare(String name, String url) {
		Faults faults = new Faults();
		checkName(name, faults);
		String property = Declaration.PREFIX + "." + name;
		Layers layers = layers(ANY, property, null, faults);
		layers.url(url, property + ".url", null, null);
		return valid(name, layers.defaults(this.keySources), faults);
	}

	/**
	 * Check the spec of a connection that is declared while the application runs.
	 * @param spec the spec
	 * @return the spec and the origins of its keys
	 * @throws InvalidConnectionsException with all its faults, if there are any
	 */
	public LoadedConnections declare(ConnectionSpec spec) {
		Faults faults = new Faults();
		checkName(spec.name(), faults);
		Layers layers = layers(ANY, Declaration.PREFIX + "." + spec.name(), null, faults)
			.own(spec, defaults(spec.name(), spec.type()))
			.defaults(List.of());
		return valid(spec.name(), layers, faults);
	}

	/**
	 * Make the spec of a connection that is not declared.
	 * @param name its name
	 * @param url what it is, as in the {@code url} property
	 * @return the spec and the origins of its keys
	 * @throws IllegalArgumentException with all faults of the URL and the defaults, if
	 * there are any
	 */
	public LoadedConnections create(String name, String url) {
		Faults faults = new Faults();
		Layers layers = layers(ANY, name, null, faults);
		layers.url(url, "url", null, null);
		layers.defaults(this.keySources);
		ConnectionSpec spec = load(name, layers);
		if (spec == null || !faults.all().isEmpty()) {
			throw new IllegalArgumentException(
					faults.all().stream().map(Fault::toString).collect(Collectors.joining("\n")));
		}
		return new LoadedConnections(List.of(new LoadedConnections.Loaded(spec, layers, faults)));
	}

	/**
	 * Return the spec of a connection without a key but the defaults of its type, to be
	 * completed {@linkplain ConnectionSpec#with(Object) with settings}.
	 * @param name the name
	 * @param type the type
	 * @return the spec, which is not checked
	 */
	public ConnectionSpec defaults(String name, ConnectionType type) {
		Layers layers = layers(ANY, name, null, new Faults());
		layers.url(type.getScheme() + ":", "url", null, null);
		return new SpecLoader(layers.defaults(List.of()), this.types, this.placeholders).bind(name, type);
	}

	private Layers layers(ConfigurationPropertyName prefix, String property, @Nullable Origin origin, Faults faults) {
		return new Layers(prefix, property, origin, this.types, this.placeholders, faults);
	}

	private static void checkName(String name, Faults faults) {
		if (!Declarations.isName(name)) {
			faults.add(Declarations.wrongName(name, null));
		}
	}

	private LoadedConnections valid(String name, Layers layers, Faults faults) {
		ConnectionSpec spec = load(name, layers);
		if (spec == null || !faults.all().isEmpty()) {
			throw new InvalidConnectionsException(faults.all());
		}
		return new LoadedConnections(List.of(new LoadedConnections.Loaded(spec, layers, faults)));
	}

	private @Nullable ConnectionSpec load(String name, Layers layers) {
		return new SpecLoader(layers, this.types, this.placeholders).load(name);
	}

}
