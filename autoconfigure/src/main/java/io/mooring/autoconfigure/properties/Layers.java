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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.origin.Origin;

import io.mooring.ConnectionSpec;
import io.mooring.transport.settings.SpecProblems;

/**
 * The layers of one connection's keys, the one of highest precedence first, and the
 * faults that are found in them.
 */
final class Layers implements SpecProblems {

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("mooring.defaults");

	private static final ConfigurationPropertyName PRIVATE = ConfigurationPropertyName.of("keys");

	private static final Set<String> BESIDE_MIDDLEWARE = Set.of("direction", "interceptors");

	private final List<Layer> layers = new ArrayList<>();

	private final Set<String> faulty = new HashSet<>();

	private final ConfigurationPropertyName prefix;

	private final String property;

	private final @Nullable Origin origin;

	private final TransportTypes types;

	private final PlaceholdersResolver placeholders;

	private final Faults faults;

	private @Nullable ConnectionUrl url;

	private @Nullable Given urlGiven;

	private TransportTypes.@Nullable Entry type;

	private boolean typeRefused;

	/**
	 * Create layers without a key.
	 * @param prefix the prefix of the connection's properties
	 * @param property the same as it is shown
	 * @param origin the origin of the connection
	 * @param types the types that there are
	 * @param placeholders resolves placeholders
	 * @param faults takes the faults
	 */
	Layers(ConfigurationPropertyName prefix, String property, @Nullable Origin origin, TransportTypes types,
			PlaceholdersResolver placeholders, Faults faults) {
		this.prefix = prefix;
		this.property = property;
		this.origin = origin;
		this.types = types;
		this.placeholders = placeholders;
		this.faults = faults;
	}

	List<Layer> layers() {
		return this.layers;
	}

	ConfigurationPropertyName prefix() {
		return this.prefix;
	}

	@Nullable ConnectionUrl url() {
		return this.url;
	}

	/**
	 * Return the type.
	 * @return the type, {@code null} if it is not known
	 */
	TransportTypes.@Nullable Entry type() {
		return this.type;
	}

	/**
	 * Add the connection's own keys, and directly below the source that holds the URL its
	 * parts.
	 */
	Layers own(Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			Layer own = new Layer(Layer.Kind.OWN, source, this.prefix, this.prefix, this.types.keys(), (key) -> true);
			this.layers.add(own);
			ConfigurationProperty given = (this.urlGiven == null)
					? own.getConfigurationProperty(this.prefix.append("url")) : null;
			if (given != null) {
				url(text(given.getValue()), this.property + ".url", given.getOrigin(), own);
			}
		}
		return this;
	}

	/**
	 * Add the values of a spec that are not the defaults of its type.
	 */
	Layers own(ConnectionSpec spec, ConnectionSpec defaults) {
		Map<String, Object> standard = new LinkedHashMap<>();
		defaults.settings().forEach((settings) -> SettingsKeys.values(settings, standard::put));
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		spec.settings().forEach((settings) -> SettingsKeys.values(settings, (key, value) -> {
			if (!value.equals(standard.get(key))) {
				source.put(PRIVATE.append(key), value);
			}
		}));
		source.put(PRIVATE.append("type"), spec.type().getScheme());
		this.layers.add(new Layer(Layer.Kind.OWN, source, PRIVATE, this.prefix, this.types.keys(), (key) -> true));
		return this;
	}

	/**
	 * Add the parts of a URL.
	 */
	void url(String text, String urlProperty, @Nullable Origin urlOrigin, @Nullable Layer beside) {
		String shown = ConnectionUrl.shown(text);
		this.urlGiven = new Given(true, urlProperty, shown, urlOrigin, null);
		if (text.contains("${")) {
			reject("url", "has a placeholder for which there is no property");
			this.typeRefused = true;
			return;
		}
		this.url = ConnectionUrl.parse(text, (reason) -> reject("url", reason));
		if (this.url == null) {
			this.typeRefused = true;
			return;
		}
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		parts(this.url, beside).forEach((key, value) -> source.put(PRIVATE.append(key), value));
		this.layers.add(new Layer(Layer.Kind.URL, source, PRIVATE, this.prefix, this.types.keys(), (key) -> true));
	}

	private Map<String, String> parts(ConnectionUrl url, @Nullable Layer beside) {
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("type", url.type());
		Given type = (beside != null) ? given(beside, "type") : null;
		if (type != null) {
			reject("type", "is given beside the URL, which says the type; drop one of them");
		}
		Map<String, String> keys = new LinkedHashMap<>(url.keys());
		TransportTypes.Entry entry = this.types.find(url.type());
		String pathKey = (entry != null) ? entry.pathKey() : null;
		if (pathKey != null && !url.path().isEmpty() && keys.putIfAbsent(pathKey, url.path()) != null) {
			reject("url", "gives " + pathKey + " twice, as the path \"" + url.path() + "\"; drop one of them");
		}
		keys.forEach((spelling, value) -> {
			String key = this.types.keys().find(spelling);
			if (key == null || "url".equals(key) || "type".equals(key)) {
				reject("url",
						"has the "
								+ ("type".equals(key) ? "unknown parameter type; the type is what the URL begins with"
										: this.types.keys().unknown("parameter " + spelling, spelling)));
				return;
			}
			Given other = (beside != null) ? given(beside, key) : null;
			if (other != null) {
				reject("url", "gives " + key + ", as does " + other.property() + Fault.at(other.origin())
						+ "; drop one of them");
			}
			parts.put(key, value);
		});
		middleware(url, beside, parts);
		return parts;
	}

	private void middleware(ConnectionUrl url, @Nullable Layer beside, Map<String, String> parts) {
		if (url.wireLog()) {
			parts.put("wire-log", "true");
		}
		if (url.direction() != null) {
			parts.put("direction", url.direction().name().toLowerCase(Locale.ROOT));
		}
		for (int i = 0; i < url.interceptors().size(); i++) {
			parts.put("interceptors[" + i + "]", url.interceptors().get(i));
		}
		for (String key : BESIDE_MIDDLEWARE) {
			Given other = (beside != null) ? given(beside, key) : null;
			if (other != null && "direction".equals(key) && url.direction() != null) {
				reject("direction", "is given beside +rd or +wr in the URL; drop one of them");
			}
			else if (other != null && "interceptors".equals(key) && !url.interceptors().isEmpty()) {
				reject(elementKey(beside),
						"is given beside +" + String.join("+", url.interceptors()) + " in the URL; drop one of them");
			}
		}
	}

	private String elementKey(@Nullable Layer layer) {
		return (layer != null && layer.getConfigurationProperty(this.prefix.append("interceptors[0]")) != null)
				? "interceptors[0]" : "interceptors";
	}

	/**
	 * Find out the type, and add the defaults as far as the type reads them.
	 */
	Layers defaults(Iterable<ConfigurationPropertySource> sources) {
		List<Layer> shared = new ArrayList<>();
		for (ConfigurationPropertySource source : sources) {
			shared.add(new Layer(Layer.Kind.DEFAULTS, source, DEFAULTS, this.prefix, this.types.keys(),
					(key) -> !"url".equals(key)
							&& (this.type == null || this.types.keys().owner(key) == null || this.type.reads(key))));
		}
		this.layers.addAll(shared);
		this.type = findType();
		if (this.type != null) {
			MapConfigurationPropertySource source = new MapConfigurationPropertySource();
			this.type.defaults().forEach((key, value) -> source.put(PRIVATE.append(key), value));
			this.layers.add(new Layer(Layer.Kind.TYPE, source, PRIVATE, this.prefix, this.types.keys(), (key) -> true));
		}
		return this;
	}

	private TransportTypes.@Nullable Entry findType() {
		Given given = given("type");
		if (this.typeRefused) {
			return null;
		}
		if (given == null) {
			this.faults.add(new Fault(this.property, null,
					"has neither a type nor a URL; the types are " + String.join(", ", this.types.names()),
					this.origin));
			return null;
		}
		TransportTypes.Entry found = this.types.find(given.value());
		if (found == null && given.url() != null) {
			reject("url", "has the unknown type " + given.value() + this.types.known(given.value()));
		}
		else if (found == null) {
			reject("type", "is not a known type" + this.types.known(given.value()));
		}
		return found;
	}

	/**
	 * Return the value of a key in the layer of highest precedence that gives it.
	 * @return the value, {@code null} if none does, or it is blank
	 */
	@Nullable Given given(String key) {
		if ("url".equals(key) && this.urlGiven != null) {
			return this.urlGiven;
		}
		for (Layer layer : this.layers) {
			Given given = given(layer, key);
			if (given != null) {
				return (given.value().isBlank() && !this.types.keys().isList(key) && !isVerbatim(key)) ? null : given;
			}
		}
		return null;
	}

	private static boolean isVerbatim(String key) {
		return key.equals("framing.delimiter") || key.equals("heartbeat.payload");
	}

	private @Nullable Given given(Layer layer, String key) {
		ConfigurationPropertyName name = this.prefix.append(key);
		ConfigurationProperty found = layer.getConfigurationProperty(name);
		if (found == null && this.types.keys().isList(key)) {
			found = layer.getConfigurationProperty(this.prefix.append(key + "[0]"));
		}
		if (found == null || layer.kind() == Layer.Kind.TYPE) {
			return null;
		}
		String value = text(found.getValue());
		if (layer.kind() == Layer.Kind.URL && this.urlGiven != null) {
			return new Given(true, this.urlGiven.property(), value, this.urlGiven.origin(), this.urlGiven.value());
		}
		boolean own = layer.kind() == Layer.Kind.OWN;
		return new Given(own, (own ? this.property : DEFAULTS.toString()) + "." + key, value, found.getOrigin(), null);
	}

	private String text(@Nullable Object value) {
		return String.valueOf(this.placeholders.resolvePlaceholders(value));
	}

	/**
	 * Return whether the connection itself gives a key a blank value.
	 */
	boolean isBlank(String key) {
		for (Layer layer : this.layers) {
			Given given = given(layer, key);
			if (given != null) {
				return given.own() && given.value().isBlank();
			}
		}
		return false;
	}

	boolean isGroup(String key) {
		return this.types.keys().findGroup(key) != null;
	}

	boolean isOwn(String key) {
		Given given = given(key);
		return given != null && given.own();
	}

	boolean isFaulty(String key) {
		return this.faulty.stream().anyMatch((other) -> other.equals(key) || other.startsWith(key + "."));
	}

	boolean hasFaults() {
		return hasFaultyKeys() || this.type == null;
	}

	boolean hasFaultyKeys() {
		return !this.faulty.isEmpty();
	}

	@Override
	public void reject(String key, String reason) {
		if (!this.faulty.add(key) && !"url".equals(key)) {
			return;
		}
		Given given = given(key);
		this.faults.add((given != null) ? given.refuse(key, reason)
				: new Fault(key.isEmpty() ? this.property : this.property + "." + key, null, reason, this.origin));
	}

}
