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

/**
 * Lookup of the beans that connections refer to by name.
 */
@FunctionalInterface
public interface NamedBeans {

	/**
	 * Return a bean. Called when a connection is created or first opened, not when its
	 * spec is checked.
	 * @param <T> the type of the bean
	 * @param name the name
	 * @param type the class of the type
	 * @return the bean
	 * @throws RuntimeException if there is none
	 */
	<T> T get(String name, Class<T> type);

}
