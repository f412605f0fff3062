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

package io.mooring.transport.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Ports by service name and protocol, from the services file of the operating system,
 * with a few well-known ones as fallback.
 */
final class ServiceNames {

	private static final List<String> WELL_KNOWN = List.of("echo 7/tcp", "echo 7/udp", "discard 9/tcp", "discard 9/udp",
			"daytime 13/tcp", "daytime 13/udp", "ssh 22/tcp", "telnet 23/tcp", "smtp 25/tcp", "time 37/udp",
			"domain 53/tcp", "domain 53/udp", "tftp 69/udp", "http 80/tcp", "ntp 123/udp", "snmp 161/udp",
			"snmp-trap 162/udp snmptrap", "https 443/tcp", "syslog 514/udp", "syslog-tls 6514/tcp", "mdns 5353/udp");

	private final Map<String, Map<String, Integer>> ports = new LinkedHashMap<>();

	ServiceNames(Path file) {
		try {
			add(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			// The file is optional, the well-known services remain
		}
		add(WELL_KNOWN);
	}

	private void add(List<String> lines) {
		for (String line : lines) {
			String[] fields = line.replaceFirst("#.*", "").strip().split("[\\s/]+");
			if (fields.length < 3 || !fields[1].matches("\\d{1,5}")) {
				continue;
			}
			Map<String, Integer> services = this.ports.computeIfAbsent(fields[2], (protocol) -> new LinkedHashMap<>());
			services.putIfAbsent(fields[0], Integer.valueOf(fields[1]));
			for (int alias = 3; alias < fields.length; alias++) {
				services.putIfAbsent(fields[alias], Integer.valueOf(fields[1]));
			}
		}
	}

	/**
	 * Return the services of the host.
	 * @return the services, read once
	 */
	static ServiceNames system() {
		return Machine.INSTANCE;
	}

	@Nullable Integer find(String name, String protocol) {
		return this.ports.getOrDefault(protocol, Map.of()).get(name);
	}

	Collection<String> names(String protocol) {
		return this.ports.getOrDefault(protocol, Map.of()).keySet();
	}

	private static final class Machine {

		private static final ServiceNames INSTANCE = new ServiceNames(file());

		private static Path file() {
			String windows = System.getenv("SystemRoot");
			return (windows != null) ? Path.of(windows, "System32", "drivers", "etc", "services")
					: Path.of("/etc/services");
		}

	}

}
