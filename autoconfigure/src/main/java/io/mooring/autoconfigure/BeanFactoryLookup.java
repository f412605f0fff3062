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

import java.util.Collection;
import java.util.List;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import io.mooring.autoconfigure.properties.BeanLookup;

/**
 * Lookup of bean definitions in a factory and its parents, without creating beans.
 *
 * @param factory the bean factory
 */
record BeanFactoryLookup(ListableBeanFactory factory) implements BeanLookup {

	@Override
	public boolean contains(String name, Class<?> type) {
		return this.factory.containsBean(name) && this.factory.isTypeMatch(name, type);
	}

	@Override
	public Collection<String> names(Class<?> type) {
		return List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.factory, type, true, false));
	}

}
