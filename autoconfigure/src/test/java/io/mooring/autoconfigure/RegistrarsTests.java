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

package io.mooring.autoconfigure;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConnectionRegistrar} and {@link IntegrationRegistrar}.
 */
class RegistrarsTests {

	private final AtomicInteger reads = new AtomicInteger();

	private final StandardEnvironment environment = new StandardEnvironment();

	RegistrarsTests() {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of("mooring.connections.ground.url", "udp-listen://127.0.0.1:0")) {

				@Override
				public Object getProperty(String name) {
					RegistrarsTests.this.reads.incrementAndGet();
					return super.getProperty(name);
				}

			});
	}

	@Test
	void connectionsAreLoadedOnceForBeansAndChannels() {
		BeanRegistry registry = mock(BeanRegistry.class);
		new ConnectionRegistrar().register(registry, this.environment);
		assertThat(this.reads.getAndSet(0)).isPositive();
		new IntegrationRegistrar().register(registry, this.environment);
		assertThat(this.reads).hasValue(0);
		then(registry).should(atLeastOnce()).register(any());
	}

	@Test
	void eachRefreshLoadsThem() {
		BeanRegistry registry = mock(BeanRegistry.class);
		new ConnectionRegistrar().register(registry, this.environment);
		this.reads.set(0);
		new ConnectionRegistrar().register(registry, this.environment);
		assertThat(this.reads.getAndSet(0)).isPositive();
		new IntegrationRegistrar().register(registry, this.environment);
		assertThat(this.reads).hasValue(0);
		new IntegrationRegistrar().register(registry, this.environment);
		assertThat(this.reads).hasPositiveValue();
	}

}
