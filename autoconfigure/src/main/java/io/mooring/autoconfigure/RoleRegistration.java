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

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.integration.leader.event.AbstractLeaderEvent;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.integration.support.SmartLifecycleRoleController;

import io.mooring.supervision.internal.ConnectionLifecycle;
import io.mooring.supervision.internal.ConnectionRoles;

/**
 * {@link ConnectionRoles} backed by Spring Integration's
 * {@link SmartLifecycleRoleController}, which starts and stops connections when roles are
 * granted and revoked.
 */
final class RoleRegistration
		implements ConnectionRoles, ApplicationListener<AbstractLeaderEvent>, Ordered, SmartInitializingSingleton {

	private final SmartLifecycleRoleController controller;

	private final Iterable<ConnectionLifecycle> declared;

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<String> granted = new HashSet<>();

	private final Set<ConnectionLifecycle> members = new HashSet<>();

	/**
	 * Create a registration.
	 * @param controller the role controller
	 * @param declared the supplier of the connections declared by properties, called when
	 * all exist; injected beans could not be removed
	 */
	RoleRegistration(SmartLifecycleRoleController controller, Iterable<ConnectionLifecycle> declared) {
		this.controller = controller;
		this.declared = declared;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.declared.forEach(this::add);
	}

	@Override
	public void add(ConnectionLifecycle lifecycle) {
		String role = lifecycle.getRole();
		if (role == null) {
			return;
		}
		RoleMember member = new RoleMember(lifecycle);
		this.lock.lock();
		try {
			if (!this.members.add(lifecycle)) {
				return;
			}
			this.controller.addLifecycleToRole(role, member);
		}
		finally {
			this.lock.unlock();
		}
		if (isHeld(role, lifecycle)) {
			member.start();
			// If revoked concurrently, it may have been stopped before it was started
			if (!isHeld(role, lifecycle)) {
				member.stop();
			}
		}
	}

	/**
	 * Return whether a role was granted by an election, or started manually.
	 */
	private boolean isHeld(String role, ConnectionLifecycle except) {
		this.lock.lock();
		try {
			return this.granted.contains(role) || this.members.stream()
				.anyMatch((member) -> member != except && role.equals(member.getRole()) && member.isRunning());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void remove(ConnectionLifecycle lifecycle) {
		this.lock.lock();
		try {
			if (this.members.remove(lifecycle)) {
				this.controller.removeLifecycle(new RoleMember(lifecycle));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onApplicationEvent(AbstractLeaderEvent event) {
		this.lock.lock();
		try {
			if (event instanceof OnGrantedEvent) {
				this.granted.add(event.getRole());
			}
			else if (event instanceof OnRevokedEvent) {
				this.granted.remove(event.getRole());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Handle leader events before the controller does, so that a connection added after
	 * the controller has processed its members sees the role as granted or revoked.
	 */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
