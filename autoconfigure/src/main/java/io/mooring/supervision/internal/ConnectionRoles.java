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
 * Puts connections under their roles, so that each is open only while its role is held
 * here. Safe for use by any thread.
 */
public interface ConnectionRoles {

	/**
	 * Put a connection under its role. It is opened at once if the role is held at the
	 * moment. Does nothing for a connection without a role, or that was added before.
	 * @param lifecycle opens and closes the connection
	 */
	void add(ConnectionLifecycle lifecycle);

	/**
	 * Take a connection from its role, without closing it. Does nothing for one that was
	 * not added.
	 * @param lifecycle opens and closes the connection
	 */
	void remove(ConnectionLifecycle lifecycle);

}
