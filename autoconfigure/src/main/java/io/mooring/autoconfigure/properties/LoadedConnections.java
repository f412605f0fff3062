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

import java.util.Collection;
import java.util.List;

import io.mooring.ConnectionSpec;
import io.mooring.transport.settings.SslSettings;

/**
 * The declared connections as loaded at the start, with the origins of their keys for
 * checks that need the beans of the application.
 */
public final class LoadedConnections {

	private final List<Loaded> loaded;

	LoadedConnections(List<Loaded> loaded) {
		this.loaded = loaded;
	}

	/**
	 * Return the specs.
	 * @return a spec for each connection, in the order of declaration
	 */
	public List<ConnectionSpec> specs() {
		return this.loaded.stream().map(Loaded::spec).toList();
	}

	/**
	 * Check the names of beans.
	 * @param beans the beans that there are
	 * @throws InvalidConnectionsException with all faults, if there are any
	 */
	public void checkBeans(BeanLookup beans) {
		this.loaded.forEach((one) -> new BeanReferences(beans, one.layers()).check(one.spec()));
		refuse();
	}

	/**
	 * Check the names of SSL bundles.
	 * @param bundles knows the bundles
	 * @throws InvalidConnectionsException with all faults, if there are any
	 */
	public void checkBundles(BundleCheck bundles) {
		this.loaded.forEach((one) -> checkBundle(one, bundles));
		refuse();
	}

	private static void checkBundle(Loaded one, BundleCheck bundles) {
		String bundle = one.spec().get(SslSettings.class).bundle();
		String reason = (bundle != null) ? bundles.problem(bundle, one.spec().type().isListener()) : null;
		if (reason != null) {
			one.layers().reject("ssl.bundle", reason);
		}
	}

	private void refuse() {
		Collection<Fault> faults = this.loaded.stream()
			.flatMap((one) -> one.faults().all().stream())
			.distinct()
			.toList();
		if (!faults.isEmpty()) {
			throw new InvalidConnectionsException(faults);
		}
	}

	/**
	 * A connection and the origins of its keys.
	 *
	 * @param spec the connection
	 * @param layers the keys
	 * @param faults the faults of the layers
	 */
	record Loaded(ConnectionSpec spec, Layers layers, Faults faults) {

	}

}
