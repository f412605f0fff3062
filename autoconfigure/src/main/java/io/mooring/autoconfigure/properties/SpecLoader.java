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

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.ConnectionType;
import io.mooring.IntegrationMode;

/**
 * Makes the spec of one connection: checks its keys, and says what they mean.
 */
final class SpecLoader {

	private final String name;

	private final ConnectionProperties properties;

	private final GivenKeys given;

	private final @Nullable ConnectionUrl url;

	private final TransportTypes types;

	private final @Nullable BeanLookup beans;

	private final Faults faults;

	/**
	 * Create a loader.
	 * @param name the name of the connection
	 * @param layers its keys
	 * @param types the types that there are
	 * @param beans the beans that may be referred to, {@code null} if they are not known
	 * yet
	 * @param faults takes what is wrong, as it does for the keys
	 */
	SpecLoader(String name, KeyLayers layers, TransportTypes types, @Nullable BeanLookup beans, Faults faults) {
		this.name = name;
		this.properties = layers.properties();
		this.given = layers.given();
		this.url = layers.url();
		this.types = types;
		this.beans = beans;
		this.faults = faults;
	}

	/**
	 * Check what the keys give.
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
		TypedKeys keys = new TypedKeys(this.properties, type, this.given);
		Endpoints endpoints = new Endpoints(keys, ServiceNames.system());
		endpoints.apply(spec);
		new DatagramKeys(keys, endpoints).apply(spec);
		new UnixEndpoints(keys).apply(spec);
		new TcpKeys(keys).apply(spec);
		new ClientKeys(keys).apply(spec);
		new FramingKeys(this.properties, type, this.given).apply(spec);
		new PayloadKeys(this.properties, this.given).apply(spec);
		new HeartbeatKeys(keys).apply(spec);
		new InterceptorKeys(this.properties, this.url, this.given).apply(spec);
		new SslKeys(keys).apply(spec);
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
		if (this.url != null && !this.url.path().isEmpty() && type.pathKey() == null) {
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
