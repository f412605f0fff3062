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

/**
 * The beans that properties may refer to by name.
 */
public interface BeanLookup {

	/**
	 * Return whether there is a bean.
	 * @param name its name, or an alias
	 * @param type its type
	 * @return whether there is one of that name and type
	 */
	boolean contains(String name, Class<?> type);

	/**
	 * Return the names of the beans of a type.
	 * @param type the type
	 * @return the names, without aliases
	 */
	Collection<String> names(Class<?> type);

}
