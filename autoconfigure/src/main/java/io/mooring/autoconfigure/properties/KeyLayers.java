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

/**
 * The keys of one connection: the defaults, its own and the parameters of its URL, bound
 * one over the other into one bean.
 */
final class KeyLayers {

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("mooring.defaults");

	private static final ConfigurationPropertyName SPEC = ConfigurationPropertyName.of("spec");

	private static final ConfigurationPropertyName URL = ConfigurationPropertyName.of("url");

	private final PropertyKeys keys = PropertyKeys.INSTANCE;

	private final ConnectionProperties properties = new ConnectionProperties();

	private final String property;

	private final TransportTypes types;

	private final GivenKeys given;

	private @Nullable ConnectionUrl url;

	/**
	 * Create layers without a key.
	 * @param property the prefix of the connection's properties, as it is shown
	 * @param origin the origin of the connection
	 * @param types the types that there are
	 * @param faults takes what is wrong
	 */
	KeyLayers(String property, @Nullable Origin origin, TransportTypes types, Faults faults) {
		this.property = property;
		this.types = types;
		this.given = new GivenKeys(property, origin, faults);
	}

	/**
	 * Return the values that all layers give.
	 */
	ConnectionProperties properties() {
		return this.properties;
	}

	/**
	 * Return which keys were given, and where.
	 */
	GivenKeys given() {
		return this.given;
	}

	/**
	 * Return the URL.
	 * @return the URL, {@code null} if there is none, or it is wrong
	 */
	@Nullable ConnectionUrl url() {
		return this.url;
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
		TransportTypes.Entry type = this.types.find(url.type());
		String pathKey = (type != null) ? type.pathKey() : null;
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

	private void bind(Binder binder, ConfigurationPropertyName prefix, LayerBindHandler.Source source) {
		Bindable<ConnectionProperties> target = Bindable.ofInstance(this.properties)
			.withBindRestrictions(BindRestriction.NO_DIRECT_PROPERTY);
		binder.bind(prefix, target, new LayerBindHandler(prefix, this.given, source));
	}

}
