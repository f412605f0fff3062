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

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.integration.channel.DirectChannel;

/**
 * Channels that Spring Integration created implicitly, because a flow refers to them. A
 * connection that is declared later uses them.
 *
 * @param beanFactory the bean factory
 */
record ImplicitChannels(ConfigurableListableBeanFactory beanFactory) implements Predicate<String> {

	@Override
	public boolean test(String name) {
		return this.beanFactory.containsLocalBean(name) && this.beanFactory.getType(name) == DirectChannel.class
				&& !isDefinedByOthers(name);
	}

	/**
	 * Return whether the channel is created by a bean method or a registrar.
	 */
	private boolean isDefinedByOthers(String name) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return false;
		}
		BeanDefinition definition = this.beanFactory.getBeanDefinition(name);
		return definition.getFactoryMethodName() != null || definition.getSource() instanceof Class<?>;
	}

}
