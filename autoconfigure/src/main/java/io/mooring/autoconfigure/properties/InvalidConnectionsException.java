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
import java.util.stream.Collectors;

/**
 * Thrown when declared connections are not valid. Carries everything that is wrong with
 * any of them.
 */
public class InvalidConnectionsException extends IllegalArgumentException {

	/**
	 * What is wrong.
	 */
	private final List<Fault> faults;

	/**
	 * Create an exception.
	 * @param faults what is wrong
	 */
	public InvalidConnectionsException(Collection<Fault> faults) {
		super(faults.stream()
			.map(Fault::toString)
			.collect(Collectors.joining("\n\t", "The declared connections are not valid:\n\t", "")));
		this.faults = List.copyOf(faults);
	}

	/**
	 * Return what is wrong.
	 * @return the faults, in the order in which they were found
	 */
	public List<Fault> getFaults() {
		return this.faults;
	}

}
