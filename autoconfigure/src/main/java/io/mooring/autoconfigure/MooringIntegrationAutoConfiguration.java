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

import java.util.function.Predicate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.config.IntegrationConfigurationBeanFactoryPostProcessor;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.support.SmartLifecycleRoleController;
import org.springframework.messaging.MessageChannel;

import io.mooring.integration.ip.ConnectionFactoryRegistrar;
import io.mooring.supervision.internal.ConnectionLifecycle;

/**
 * Auto-configuration for the Spring Integration channels and adapters of the declared
 * connections.
 */
@AutoConfiguration(afterName = { "io.mooring.autoconfigure.MooringAutoConfiguration",
		"org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration" })
@ConditionalOnClass({ MessageChannel.class, EnableIntegration.class })
@ConditionalOnBean(IntegrationConfigurationBeanFactoryPostProcessor.class)
@ConditionalOnBooleanProperty(name = "mooring.enabled", matchIfMissing = true)
@Import(IntegrationRegistrar.class)
public final class MooringIntegrationAutoConfiguration {

	private static final String ROLE_CONTROLLER = IntegrationContextUtils.INTEGRATION_LIFECYCLE_ROLE_CONTROLLER;

	@Bean
	RoleRegistration mooringConnectionRoles(@Qualifier(ROLE_CONTROLLER) SmartLifecycleRoleController controller,
			ObjectProvider<ConnectionLifecycle> lifecycles) {
		return new RoleRegistration(controller, lifecycles);
	}

	@Bean
	static LazyInitializationExcludeFilter mooringEagerRoles() {
		return LazyInitializationExcludeFilter.forBeanTypes(RoleRegistration.class);
	}

	@Bean
	ConnectionExtension mooringIntegrationExtension(ConfigurableListableBeanFactory beanFactory) {
		ImplicitChannels channels = new ImplicitChannels(beanFactory);
		return (spec) -> new ConnectionFactoryRegistrar(spec, channels);
	}

	/**
	 * Channels that Spring Integration created implicitly, because a flow refers to them.
	 * A connection that is declared later uses them.
	 *
	 * @param beanFactory the bean factory
	 */
	private record ImplicitChannels(ConfigurableListableBeanFactory beanFactory) implements Predicate<String> {

		@Override
		public boolean test(String name) {
			return this.beanFactory.containsLocalBean(name) && this.beanFactory.getType(name) == DirectChannel.class
					&& !isDefinedByOthers(name);
		}

		/**
		 * Return whether a bean method or a registrar, ours among them, makes the
		 * channel.
		 */
		private boolean isDefinedByOthers(String name) {
			if (!this.beanFactory.containsBeanDefinition(name)) {
				return false;
			}
			BeanDefinition definition = this.beanFactory.getBeanDefinition(name);
			return definition.getFactoryMethodName() != null || definition.getSource() instanceof Class<?>;
		}

	}

}
