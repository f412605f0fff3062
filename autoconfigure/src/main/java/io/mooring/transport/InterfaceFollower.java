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

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.BindingException;
import io.mooring.binding.InterfaceChange;

/**
 * Looks whether the socket of a connection still fits the network interfaces, also where
 * they changed while it was being opened.
 *
 * @param <E> the open socket
 */
final class InterfaceFollower<E extends Endpoint> {

	private final AbstractConnection<E> connection;

	private final ReentrantLock lock;

	private @Nullable InterfaceChange missed;

	/**
	 * Create it.
	 * @param connection the connection
	 * @param lock the lock of the connection
	 */
	InterfaceFollower(AbstractConnection<E> connection, ReentrantLock lock) {
		this.connection = connection;
		this.lock = lock;
	}

	/**
	 * An attempt to open begins, and will see the interfaces as they are. Called under
	 * the lock of the connection.
	 */
	void opening() {
		this.missed = null;
	}

	/**
	 * The interfaces changed during an attempt, which may have looked before. Called
	 * under the lock of the connection.
	 * @param change what changed
	 */
	void changedWhileOpening(InterfaceChange change) {
		this.missed = (this.missed != null) ? this.missed.and(change) : change;
	}

	/**
	 * Check a socket against what changed while it was being opened.
	 * @param opened the socket
	 */
	void checkOpened(E opened) {
		InterfaceChange missed = missed();
		if (missed != null) {
			check(opened, missed);
		}
	}

	private @Nullable InterfaceChange missed() {
		this.lock.lock();
		try {
			return this.missed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Check a socket, and report it lost if it does not fit. Called without the lock.
	 * @param open the socket
	 * @param change what changed
	 */
	void check(E open, InterfaceChange change) {
		try {
			this.connection.checkEndpoint(open, change);
		}
		catch (IOException | BindingException ex) {
			this.connection.lost(open, ex);
		}
	}

}
