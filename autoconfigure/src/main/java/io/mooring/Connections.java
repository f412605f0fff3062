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

package io.mooring;

import java.util.Set;

/**
 * The connections of an application, and the means to make more. The bean is
 * {@code mooringConnections}.
 */
public interface Connections {

	/**
	 * Return a declared connection.
	 * @param name its name; spellings that differ in case and dashes are the same
	 * @return the connection
	 * @throws IllegalArgumentException if there is none, naming those there are
	 */
	Connection get(String name);

	/**
	 * Return a declared connection of a kind.
	 * @param <C> the kind
	 * @param name its name
	 * @param kind the interface that it must have
	 * @return the connection
	 * @throws IllegalArgumentException if there is none or it is of another kind
	 */
	<C extends Connection> C get(String name, Class<C> kind);

	/**
	 * Return the names of the declared connections, in the order of declaration.
	 * @return an unmodifiable copy
	 */
	Set<String> names();

	/**
	 * Make a connection that was not declared, with the defaults of
	 * {@code mooring.defaults}. It is not opened, and has neither channels nor health;
	 * the caller closes it, the application's end at the latest.
	 * @param url as in the {@code url} property
	 * @return the connection
	 * @throws IllegalArgumentException if the URL is not valid, saying all that is wrong
	 */
	Connection create(String url);

}
