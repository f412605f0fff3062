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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects faults, each once: what is wrong with a default is found again in every
 * connection.
 */
final class Faults {

	private final Map<String, Fault> faults = new LinkedHashMap<>();

	private int added;

	void add(Fault fault) {
		this.added++;
		this.faults.putIfAbsent(fault.toString(), fault);
	}

	/**
	 * Return how often a fault was added, repeated ones included.
	 */
	int count() {
		return this.added;
	}

	Collection<Fault> all() {
		return this.faults.values();
	}

}
