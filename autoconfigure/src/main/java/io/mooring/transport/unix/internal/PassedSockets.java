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

package io.mooring.transport.unix.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sockets inherited from a parent process, by number, or from systemd, by name
 * (sd_listen_fds(3)). Each can be used once.
 */
final class PassedSockets {

	private static final int FIRST = 3;

	/**
	 * Open sockets of this process, including those not inherited.
	 */
	private static final Map<Integer, PassedSockets> TAKEN = new ConcurrentHashMap<>();

	private final Map<String, String> environment;

	private final long pid;

	PassedSockets(Map<String, String> environment, long pid) {
		this.environment = environment;
		this.pid = pid;
	}

	/**
	 * Take an inherited socket.
	 * @param fd the number, or the name in LISTEN_FDNAMES
	 * @return the number
	 * @throws IOException if there is no such socket, or another connection uses it
	 */
	int take(String fd) throws IOException {
		int number = fd.matches("\\d{1,9}") ? Integer.parseInt(fd) : find(fd);
		if (TAKEN.putIfAbsent(number, this) != null) {
			throw new IOException("file descriptor " + number + " belongs to another connection");
		}
		return number;
	}

	/**
	 * Register a socket opened by this process, which no connection may take.
	 */
	void opened(int number) {
		TAKEN.put(number, this);
	}

	/**
	 * Unregister a closed socket.
	 */
	void closed(int number) {
		// Another connection may already use a socket with that number
		TAKEN.remove(number, this);
	}

	private int find(String name) throws IOException {
		String count = this.environment.get("LISTEN_FDS");
		if (count == null) {
			throw new IOException("no socket '" + name + "' was passed: LISTEN_FDS is not set, as systemd and "
					+ "systemd-socket-activate do it; a socket passed otherwise is given by its number");
		}
		String recipient = this.environment.get("LISTEN_PID");
		if (recipient != null && !recipient.equals(Long.toString(this.pid))) {
			throw new IOException("the socket '" + name + "' was passed to process " + recipient + " (LISTEN_PID), not "
					+ this.pid + "; a script that starts Java should do so by exec");
		}
		String[] names = this.environment.getOrDefault("LISTEN_FDNAMES", "").split(":");
		int index = Arrays.asList(names).indexOf(name);
		if (index < 0) {
			throw new IOException("no socket '" + name + "' was passed; LISTEN_FDNAMES names " + Arrays.toString(names)
					+ " for " + count + " of them");
		}
		return FIRST + index;
	}

}
