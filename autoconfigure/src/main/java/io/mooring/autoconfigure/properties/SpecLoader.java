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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Bindable.BindRestriction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.origin.Origin;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.ConnectionType;
import io.mooring.IntegrationMode;

/**
 * Makes the spec of one connection: layers the defaults, its own keys and the parameters
 * of its URL into one bean, checks that, and maps it.
 */
final class SpecLoader {

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("mooring.defaults");

	private static final ConfigurationPropertyName SPEC = ConfigurationPropertyName.of("spec");

	private static final ConfigurationPropertyName URL = ConfigurationPropertyName.of("url");

	private final PropertyKeys keys = PropertyKeys.INSTANCE;

	private final ConnectionProperties properties = new ConnectionProperties();

	private final TransportTypes types;

	private final GivenKeys given;

	private final Faults faults;

	private final String name;

	private final String property;

	private final @Nullable BeanLookup beans;

	private @Nullable ConnectionUrl url;

	/**
	 * Create a loader.
	 * @param name the name of the connection
	 * @param property the prefix of its properties, as it is shown
	 * @param origin the origin of the connection
	 * @param types the types that there are
	 * @param beans the beans that may be referred to, {@code null} if they are not known
	 * yet
	 * @param faults takes what is wrong
	 */
	SpecLoader(String name, String property, @Nullable Origin origin, TransportTypes types, @Nullable BeanLookup beans,
			Faults faults) {
		this.name = name;
		this.property = property;
		this.types = types;
		this.beans = beans;
		this.faults = faults;
		this.given = new GivenKeys(property, origin, faults);
	}

	void bindDefaults(Binder binder) {
		bind(binder, DEFAULTS, new LayerBindHandler.Source() {

			@Override
			public boolean ignores(String key) {
				return "url".equals(key);
			}

			@Override
			public Given given(String key, String value, ConfigurationProperty property) {
				return new Given(false, DEFAULTS + "." + key, value, property.getOrigin(), null);
			}

		});
	}

	void bindKeys(Binder binder, ConfigurationPropertyName prefix) {
		bind(binder, prefix, (key, value, property) -> new Given(true, this.property + "." + key, value,
				property.getOrigin(), null));
		Given given = this.given.own("url");
		if (given != null && this.properties.getUrl() != null) {
			bindUrl(given.value(), given.property(), given.origin());
		}
	}

	/**
	 * Bind the keys that give a spec.
	 * @param spec the spec
	 */
	void bindSpec(ConnectionSpec spec) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		new SpecKeys(spec).keys().forEach((key, value) -> source.put(SPEC.append(key).toString(), value));
		bind(new Binder(List.of(source)), SPEC,
				(key, value, property) -> new Given(true, this.property + "." + key, value, null, null));
	}

	/**
	 * Bind the parameters of a URL.
	 * @param text the URL
	 * @param property the property that has it
	 * @param origin its origin
	 */
	void bindUrl(String text, String property, @Nullable Origin origin) {
		String shown = ConnectionUrl.shown(text);
		this.given.put("url", new Given(true, property, shown, origin, null));
		this.url = ConnectionUrl.parse(text, (reason) -> this.given.reject("url", reason));
		if (this.url == null) {
			return;
		}
		Map<String, String> parameters = parameters(this.url);
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		parameters.forEach((key, value) -> source.put(URL.append(key).toString(), value));
		bind(new Binder(List.of(source)), URL,
				(key, value, ignored) -> new Given(true, property, value, origin, shown));
	}

	private Map<String, String> parameters(ConnectionUrl url) {
		Map<String, String> parameters = new LinkedHashMap<>();
		Map<String, String> keys = new LinkedHashMap<>(url.keys());
		String pathKey = pathKey(url);
		if (pathKey != null && !url.path().isEmpty() && keys.putIfAbsent(pathKey, url.path()) != null) {
			this.given.reject("url",
					"gives " + pathKey + " twice, as the path \"" + url.path() + "\"; drop one of them");
		}
		keys.forEach((spelling, value) -> {
			String key = this.keys.find(spelling);
			if (key == null || "url".equals(key) || "type".equals(key)) {
				this.given.reject("url",
						"has the "
								+ (("type".equals(key)) ? "unknown parameter type; the type is what the URL begins with"
										: this.keys.unknown("parameter " + spelling, spelling)));
				return;
			}
			Given other = this.given.own(key);
			if (other != null) {
				this.given.reject("url", "gives " + key + ", as does " + other.property() + Fault.at(other.origin())
						+ "; drop one of them");
			}
			parameters.put(key, value);
		});
		return parameters;
	}

	private @Nullable String pathKey(ConnectionUrl url) {
		TransportTypes.Entry type = this.types.find(url.type());
		return (type != null) ? type.factory().getPathKey(type.type()) : null;
	}

	private void bind(Binder binder, ConfigurationPropertyName prefix, LayerBindHandler.Source source) {
		Bindable<ConnectionProperties> target = Bindable.ofInstance(this.properties)
			.withBindRestrictions(BindRestriction.NO_DIRECT_PROPERTY);
		binder.bind(prefix, target, new LayerBindHandler(prefix, this.given, source));
	}

	/**
	 * Check what was bound.
	 * @return the spec, {@code null} if there is anything wrong with it
	 */
	@Nullable ConnectionSpec load() {
		int before = this.faults.count();
		TransportTypes.Entry type = type();
		if (type == null) {
			ConnectionSpecBuilder any = ConnectionSpec.builder(this.name, ConnectionType.UDP);
			new GroupRules(this.properties, this.given).check(any.build());
			new FramingKeys(this.properties, null, this.given).apply(any);
			new PayloadKeys(this.properties, this.given).apply(any);
			return null;
		}
		ConnectionSpecBuilder spec = ConnectionSpec.builder(this.name, type.type());
		checkKeys(type);
		checkPath(type);
		new GroupRules(this.properties, this.given).check(spec.build());
		direction(spec);
		Endpoints endpoints = new Endpoints(this.properties, type, this.given, ServiceNames.system());
		endpoints.apply(spec);
		new DatagramKeys(this.properties, type, this.given, endpoints).apply(spec);
		new UnixEndpoints(this.properties, type, this.given).apply(spec);
		new TcpKeys(this.properties, type, this.given).apply(spec);
		new ClientKeys(this.properties, type, this.given).apply(spec);
		new FramingKeys(this.properties, type, this.given).apply(spec);
		new PayloadKeys(this.properties, this.given).apply(spec);
		new HeartbeatKeys(this.properties, type, this.given).apply(spec);
		new InterceptorKeys(this.properties, this.url, this.given).apply(spec);
		new SslKeys(this.properties.getSsl(), type, this.given).apply(spec);
		checkGateway(type);
		new RoleKeys(this.properties, this.given).check();
		if (this.faults.count() > before) {
			return null;
		}
		new SpecMapper(this.properties, spec.build()).apply(spec);
		ConnectionSpec built = spec.wireLog(this.url != null && this.url.wireLog()).build();
		type.factory().validate(built, this.given);
		if (this.beans != null) {
			new BeanReferences(this.beans, this.given).check(built, this.url);
		}
		return built;
	}

	/**
	 * Check that there is what a spec refers to.
	 * @param spec what {@link #load()} gave
	 * @param check knows the SSL bundles
	 */
	void check(ConnectionSpec spec, BundleCheck check) {
		ConnectionSpec.Ssl ssl = spec.ssl();
		String reason = (ssl != null) ? check.problem(ssl.bundle(), spec.type().isListener()) : null;
		if (reason != null) {
			this.given.reject("ssl.bundle", reason);
		}
	}

	private TransportTypes.@Nullable Entry type() {
		Given own = this.given.own("type");
		if (this.given.own("url") != null) {
			if (own != null) {
				this.given.reject("type", "is given beside the URL, which says the type; drop one of them");
			}
			if (this.url == null) {
				return null;
			}
			TransportTypes.Entry type = this.types.find(this.url.type());
			if (type == null) {
				this.given.reject("url", "has the unknown type " + this.url.type() + this.types.known(this.url.type()));
			}
			return type;
		}
		String name = this.properties.getType();
		if (name == null || name.isBlank()) {
			this.given.reject("has neither a type nor a URL; the types are " + String.join(", ", this.types.names()));
			return null;
		}
		TransportTypes.Entry type = this.types.find(name);
		if (type == null) {
			this.given.reject("type", "is not a known type" + this.types.known(name));
		}
		return type;
	}

	private void checkKeys(TransportTypes.Entry type) {
		for (String key : this.given.keys()) {
			if (this.given.own(key) != null && !type.reads(key)) {
				this.given.reject(key,
						"does not apply to the type " + type.type() + ", which takes "
								+ String.join(", ", type.factory().getKeys(type.type()).stream().sorted().toList())
								+ " and what all types take");
			}
		}
	}

	private void checkPath(TransportTypes.Entry type) {
		if (this.url != null && !this.url.path().isEmpty() && pathKey(this.url) == null) {
			this.given.reject("url", "has the path \"" + this.url.path() + "\", which the type " + type.type()
					+ " does not take" + (this.url.path().contains(":") ? "; an address begins with //" : ""));
		}
	}

	private void checkGateway(TransportTypes.Entry type) {
		if (this.properties.getIntegration().getMode() == IntegrationMode.GATEWAY && !type.type().isListener()
				&& this.given.own("integration.inbound-channel") != null) {
			this.given.reject("integration.inbound-channel", "does not go with integration.mode: gateway, where a "
					+ type.type() + " answers whoever sent the request; drop one of them");
		}
	}

	private void direction(ConnectionSpecBuilder spec) {
		if (this.properties.getDirection() != null) {
			spec.direction(this.properties.getDirection());
		}
		if (this.url != null && this.url.direction() != null) {
			Given other = this.given.own("direction");
			if (other != null) {
				this.given.reject("direction", "is given beside +rd or +wr in the URL; drop one of them");
			}
			spec.direction(this.url.direction());
		}
	}

}
