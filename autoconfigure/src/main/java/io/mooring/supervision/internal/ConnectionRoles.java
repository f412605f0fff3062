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

package io.mooring.supervision.internal;

/**
 * Registry of the connections with a role, each of which is open only while this
 * application holds the role. Implementations are thread-safe.
 */
public interface ConnectionRoles {

	/**
	 * Add a connection. It is opened immediately if its role is held. Does nothing if the
	 * connection has no role or was added before.
	 * @param lifecycle the lifecycle of the connection
	 */
	void add(ConnectionLifecycle lifecycle);

	/**
	 * Remove a connection without closing it. Does nothing if it was not added.
	 * @param lifecycle the lifecycle of the connection
	 */
	void remove(ConnectionLifecycle lifecycle);

}
