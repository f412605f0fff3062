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

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import io.mooring.autoconfigure.properties.BeanLookup;
import io.mooring.transport.NamedBeans;

/**
 * Lookup of beans and their definitions in a factory and its parents; checks create none.
 * A name may differ from that of its bean in case, dashes and underscores.
 *
 * @param factory the bean factory
 */
record BeanFactoryLookup(ListableBeanFactory factory) implements BeanLookup, NamedBeans {

	@Override
	public boolean contains(String name, Class<?> type) {
		return find(name, type) != null;
	}

	private @Nullable String find(String name, Class<?> type) {
		if (this.factory.containsBean(name) && this.factory.isTypeMatch(name, type)) {
			return name;
		}
		List<String> alike = names(type).stream().filter((other) -> uniform(other).equals(uniform(name))).toList();
		return (alike.size() == 1) ? alike.get(0) : null;
	}

	private static String uniform(String name) {
		return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
	}

	@Override
	public List<String> names(Class<?> type) {
		return List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.factory, type, true, false));
	}

	@Override
	public <T> T get(String name, Class<T> type) {
		String found = find(name, type);
		return this.factory.getBean((found != null) ? found : name, type);
	}

}
