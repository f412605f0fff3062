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

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

import io.mooring.supervision.internal.ConnectionLifecycle;
import io.mooring.supervision.internal.StartupGate;

/**
 * {@link BeanRegistrar} for the startup gate of a phase. The gate looks up the
 * connections when it starts, since beans that it depends on would be started before it,
 * regardless of their phase, and could not be removed.
 */
class StartupGateRegistrar implements BeanRegistrar {

	private final int phase;

	StartupGateRegistrar(int phase) {
		this.phase = phase;
	}

	static String beanName(int phase) {
		return "mooringStartupGate." + phase;
	}

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		registry.registerBean(beanName(this.phase), StartupGate.class,
				(bean) -> bean.infrastructure().supplier((context) -> {
					ObjectProvider<ConnectionLifecycle> lifecycles = context.beanProvider(ConnectionLifecycle.class);
					return new StartupGate(this.phase, () -> lifecycles.stream().toList());
				}));
	}

}
