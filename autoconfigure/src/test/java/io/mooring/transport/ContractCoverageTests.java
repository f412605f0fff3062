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

import java.lang.reflect.Constructor;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

import io.mooring.ConnectionType;
import io.mooring.autoconfigure.properties.TransportFactories;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every type has a subclass of the contract test.
 */
class ContractCoverageTests {

	@Test
	void everyTypeHasAContractTest() throws Exception {
		Set<String> tested = new TreeSet<>();
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(ContractTests.class));
		for (BeanDefinition candidate : scanner.findCandidateComponents("io.mooring")) {
			Constructor<?> constructor = Class.forName(candidate.getBeanClassName()).getDeclaredConstructor();
			constructor.setAccessible(true);
			ContractTests test = (ContractTests) constructor.newInstance();
			tested.add(test.type().getScheme());
			test.transports().close();
		}
		assertThat(tested)
			.containsAll(TransportFactories.load(null).types().stream().map(ConnectionType::getScheme).toList());
	}

}
