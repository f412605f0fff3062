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

import io.mooring.test.netns.NetworkNamespaces;

/**
 * A program of Python in the namespace of the peers, with sockets of its own kind.
 */
final class Python {

	private static final String PRELUDE = """
			import socket, struct, sys, time
			def udp(family, *options):
			    s = socket.socket(family, socket.SOCK_DGRAM)
			    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			    s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
			    s.settimeout(20)
			    return s
			def ipv4(address="", port=0):
			    s = udp(socket.AF_INET)
			    s.bind((address, port))
			    return s
			def ipv6(address="::", port=0, scope=0):
			    s = udp(socket.AF_INET6)
			    s.bind((address, port, 0, scope))
			    return s
			def through(s, address):
			    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
			    return s
			def through6(s, name):
			    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex(name))
			    return s
			def join(s, group, address):
			    s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
			                 socket.inet_aton(group) + socket.inet_aton(address))
			    return s
			def join6(s, group, name):
			    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
			                 socket.inet_pton(socket.AF_INET6, group) + struct.pack("@I", socket.if_nametoindex(name)))
			    return s
			def show(s, count=1):
			    for i in range(count):
			        data, sender = s.recvfrom(65535)
			        print(data.decode(), "from", sender[0].split("%")[0], sender[1], flush=True)
			""";

	private final BufferedReader output;

	private Python(Process process) {
		this.output = process.inputReader();
	}

	/**
	 * Run a program to its end.
	 */
	static String run(NetworkNamespaces namespaces, String program, Object... arguments) {
		return namespaces.peer("python3", "-u", "-c", PRELUDE + program.formatted(arguments));
	}

	/**
	 * Start a program and wait until it says that it is ready.
	 */
	static Python start(NetworkNamespaces namespaces, String program, Object... arguments) {
		Python python = new Python(namespaces.startPeer("python3", "-u", "-c", PRELUDE + program.formatted(arguments)));
		String line = python.line();
		if (!"ready".equals(line)) {
			throw new AssertionError(line + "\n" + String.join("\n", python.output.lines().toList()));
		}
		return python;
	}

	/**
	 * Return the next line that it prints.
	 */
	String line() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
