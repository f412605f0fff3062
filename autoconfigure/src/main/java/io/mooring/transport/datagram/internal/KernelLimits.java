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

package io.mooring.transport.datagram.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import io.mooring.transport.internal.log.Errors;

/**
 * Error messages for the kernel limits (ip(7), ip-sysctl) that a membership exceeds. The
 * kernel only reports "No buffer space available".
 */
final class KernelLimits {

	private KernelLimits() {
	}

	/**
	 * Describe why the operating system rejected a membership.
	 * @param cause the exception
	 * @param group the group
	 * @param source whether a source was rejected, rather than a group
	 * @return the reason
	 */
	static String describe(IOException cause, InetAddress group, boolean source) {
		String message = Errors.describe(cause);
		if (!message.startsWith("No buffer space available")) {
			return message;
		}
		boolean ipv4 = group instanceof Inet4Address;
		String name = source ? (ipv4 ? "net.ipv4.igmp_max_msf" : "net.ipv6.mld_max_msf")
				: (ipv4 ? "net.ipv4.igmp_max_memberships" : "net.core.optmem_max");
		return "the limit " + name + value(name) + " is reached, "
				+ (source ? "of sources of one group on one interface"
						: (ipv4 ? "of IPv4 memberships of one socket" : "of the memory for options of one socket"));
	}

	private static String value(String name) {
		// Read in one call: a second read of these files is empty
		try (BufferedReader reader = Files.newBufferedReader(Path.of("/proc/sys", name.replace('.', '/')))) {
			return " = " + reader.readLine();
		}
		catch (IOException ex) {
			return "";
		}
	}

}
