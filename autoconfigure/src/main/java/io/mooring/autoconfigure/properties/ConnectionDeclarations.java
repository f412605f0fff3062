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
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.mooring.ConnectionSpec;
import io.mooring.transport.TransportFactories;

/**
 * The connections that an environment declares below {@code mooring.connections}, with
 * {@code mooring.defaults} applied.
 */
public final class ConnectionDeclarations {

	private final List<PropertySource<?>> sources;

	private final Binder binder;

	private final TransportTypes types;

	private final @Nullable BeanLookup beans;

	private final BundleCheck bundles;

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
		this.binder = new Binder(ConfigurationPropertySources.from(this.sources),
				new PropertySourcesPlaceholdersResolver(this.sources));
		this.types = new TransportTypes(transports);
		this.beans = null;
		this.bundles = (bundle, listener) -> null;
	}

	private ConnectionDeclarations(ConnectionDeclarations other, @Nullable BeanLookup beans, BundleCheck bundles) {
		this.sources = other.sources;
		this.binder = other.binder;
		this.types = other.types;
		this.beans = beans;
		this.bundles = bundles;
	}

	/**
	 * Return the same, but that beans which the properties refer to have to be there.
	 * @param beans the beans that there are
	 * @return declarations
	 */
	public ConnectionDeclarations withBeans(BeanLookup beans) {
		return new ConnectionDeclarations(this, beans, this.bundles);
	}

	/**
	 * Return the same, but that SSL bundles which the properties refer to have to do.
	 * @param bundles knows the bundles
	 * @return declarations
	 */
	public ConnectionDeclarations withBundles(BundleCheck bundles) {
		return new ConnectionDeclarations(this, this.beans, bundles);
	}

	/**
	 * Register what the binding of the properties reflects on.
	 * @param hints where to
	 */
	public static void registerHints(RuntimeHints hints) {
		BindableRuntimeHintsRegistrar.forTypes(ConnectionProperties.class).registerHints(hints);
		PropertyKeys.types()
			.forEach((type) -> hints.reflection().registerType(type, MemberCategory.ACCESS_DECLARED_FIELDS));
	}

	/**
	 * Load what is declared.
	 * @return a spec for each connection, in the order of declaration
	 * @throws InvalidConnectionsException if there is anything wrong with any of them,
	 * with all that is
	 */
	public List<ConnectionSpec> load() {
		Faults faults = new Faults();
		List<PropertySource<?>> overridingLast = new ArrayList<>(this.sources);
		Collections.reverse(overridingLast);
		List<ConnectionSpec> specs = new ArrayList<>();
		for (Declaration declaration : new Declarations(faults).find(RawProperty.of(overridingLast))) {
			KeyLayers layers = new KeyLayers(declaration.property(), declaration.first().origin(), this.types, faults);
			layers.bindDefaults(this.binder);
			layers.bindKeys(this.binder, declaration.bindingName());
			add(specs, load(declaration.name(), layers, faults));
		}
		if (!faults.all().isEmpty()) {
			throw new InvalidConnectionsException(faults.all());
		}
		return List.copyOf(specs);
	}

	/**
	 * Make the spec of a connection that is declared by a URL while the application runs.
	 * @param name its name
	 * @param url what it is, as in the {@code url} property
	 * @return the spec
	 * @throws InvalidConnectionsException if there is anything wrong with the name, the
	 * URL or the defaults, with all that is
	 */
	public ConnectionSpec declare(String name, String url) {
		Faults faults = new Faults();
		checkName(name, faults);
		String property = Declaration.PREFIX + "." + name;
		KeyLayers layers = new KeyLayers(property, null, this.types, faults);
		layers.bindDefaults(this.binder);
		layers.bindUrl(url, property + ".url", null);
		return valid(load(name, layers, faults), faults);
	}

	/**
	 * Check the spec of a connection that is declared while the application runs.
	 * @param spec the spec
	 * @return the same
	 * @throws InvalidConnectionsException if there is anything wrong with it, with all
	 * that is
	 */
	public ConnectionSpec declare(ConnectionSpec spec) {
		Faults faults = new Faults();
		checkName(spec.name(), faults);
		String property = Declaration.PREFIX + "." + spec.name();
		KeyLayers layers = new KeyLayers(property, null, this.types, faults);
		layers.bindSpec(spec);
		load(spec.name(), layers, faults);
		return valid(spec, faults);
	}

	private static void checkName(String name, Faults faults) {
		if (!Declarations.isName(name)) {
			faults.add(Declarations.wrongName(name, null));
		}
	}

	private static ConnectionSpec valid(@Nullable ConnectionSpec spec, Faults faults) {
		if (spec == null || !faults.all().isEmpty()) {
			throw new InvalidConnectionsException(faults.all());
		}
		return spec;
	}

	/**
	 * Make the spec of a connection that is not declared.
	 * @param name its name
	 * @param url what it is, as in the {@code url} property
	 * @return the spec
	 * @throws IllegalArgumentException if there is anything wrong with the URL or the
	 * defaults, saying all that is
	 */
	public ConnectionSpec create(String name, String url) {
		Faults faults = new Faults();
		KeyLayers layers = new KeyLayers(name, null, this.types, faults);
		layers.bindDefaults(this.binder);
		layers.bindUrl(url, "url", null);
		ConnectionSpec spec = load(name, layers, faults);
		if (spec == null || !faults.all().isEmpty()) {
			throw new IllegalArgumentException(
					faults.all().stream().map(Fault::toString).collect(Collectors.joining("\n")));
		}
		return spec;
	}

	private @Nullable ConnectionSpec load(String name, KeyLayers layers, Faults faults) {
		SpecLoader loader = new SpecLoader(name, layers, this.types, this.beans, faults);
		ConnectionSpec spec = loader.load();
		if (spec != null) {
			loader.check(spec, this.bundles);
		}
		return spec;
	}

	private void add(List<ConnectionSpec> specs, @Nullable ConnectionSpec spec) {
		if (spec != null) {
			specs.add(spec);
		}
	}

}
