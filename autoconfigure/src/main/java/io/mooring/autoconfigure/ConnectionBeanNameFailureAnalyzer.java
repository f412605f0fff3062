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

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Failure analyzer for bean names that conflict with those of a connection. Takes
 * precedence over Boot's analyzer, whose advice to allow overriding would break the
 * connection.
 */
@Order(0)
class ConnectionBeanNameFailureAnalyzer extends AbstractFailureAnalyzer<BeanDefinitionOverrideException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanDefinitionOverrideException cause) {
		BeanDefinition definition = cause.getBeanDefinition();
		BeanDefinition existing = cause.getExistingDefinition();
		if (Stream.of(definition, existing).noneMatch(this::isOurs)) {
			return null;
		}
		String bean = cause.getBeanName();
		String connection = bean.contains(".") ? bean.substring(0, bean.indexOf('.')) : bean;
		return new FailureAnalysis("Connection '%s' requires the bean name '%s', which is used by another bean%s."
			.formatted(connection, bean, origin(isOurs(definition) ? existing : definition)), action(connection, bean),
				cause);
	}

	private boolean isOurs(BeanDefinition definition) {
		return definition.getSource() instanceof Class<?> source && BeanRegistrar.class.isAssignableFrom(source)
				&& source.getPackageName().equals(getClass().getPackageName());
	}

	private String origin(BeanDefinition other) {
		String description = other.getResourceDescription();
		return (description != null) ? ", defined in " + description : "";
	}

	private String action(String connection, String bean) {
		String rename = "Rename the bean, or the connection below mooring.connections";
		String integration = "mooring.connections." + connection + ".integration";
		if (bean.equals(connection + ".in")) {
			return rename + ", or set " + integration + ".inbound-channel to '" + bean + "' to use that channel.";
		}
		if (bean.equals(connection + ".out")) {
			return rename + ", or set " + integration + ".outbound-channel to '" + bean + "' to use that channel.";
		}
		return rename + ".";
	}

}
