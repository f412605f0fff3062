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

import org.springframework.context.SmartLifecycle;
import org.springframework.integration.support.context.NamedComponent;

import io.mooring.supervision.internal.ConnectionLifecycle;

/**
 * Member of a role that opens and closes a connection.
 *
 * @param lifecycle the lifecycle of the connection
 */
record RoleMember(ConnectionLifecycle lifecycle) implements SmartLifecycle, NamedComponent {

	@Override
	public void start() {
		this.lifecycle.startInRole();
	}

	/**
	 * Close the connection. The calling thread may be interrupted by the end of an
	 * election; queued frames are flushed nevertheless.
	 */
	@Override
	public void stop() {
		boolean interrupted = Thread.interrupted();
		try {
			this.lifecycle.stop();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.lifecycle.isRunning();
	}

	@Override
	public boolean isAutoStartup() {
		return false;
	}

	@Override
	public int getPhase() {
		return this.lifecycle.getPhase();
	}

	@Override
	public String getComponentName() {
		return this.lifecycle.getConnectionName();
	}

	@Override
	public String getComponentType() {
		return "mooring:connection";
	}

	@Override
	public String toString() {
		return "connection '" + getComponentName() + "'";
	}

}
