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

package io.mooring.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.StreamConnection;

/**
 * Application instance of a cluster, which sends its name to the {@link Device} when
 * connected.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public final class Node {

	private final String name;

	Node(@Value("${node}") String name) {
		this.name = name;
	}

	@EventListener
	void on(ConnectionStateChangedEvent event) {
		if (event.current() == ConnectionState.CONNECTED) {
			((StreamConnection) event.connection()).send(this.name.getBytes(StandardCharsets.US_ASCII));
		}
	}

	static ConfigurableApplicationContext start(String name, Class<?> election, Device device, String... args) {
		return run(election, arguments(name, device, args).toArray(String[]::new));
	}

	static List<String> arguments(String name, Device device, String... args) {
		List<String> arguments = new ArrayList<>(List.of("--node=" + name,
				"--mooring.connections.device.url=tcp://127.0.0.1:" + device.port() + "?framing.type=line&role=leader",
				"--spring.main.banner-mode=off", "--logging.level.root=warn", "--logging.level.org.apache=off"));
		Collections.addAll(arguments, args);
		return arguments;
	}

	private static ConfigurableApplicationContext run(Class<?> election, String... args) {
		return new SpringApplicationBuilder(Node.class, election).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(args);
	}

	/**
	 * Run until the parent process is gone.
	 * @param args the class of the election, and the arguments of the application
	 */
	public static void main(String[] args) throws ClassNotFoundException, IOException {
		List<String> arguments = List.of(args);
		run(Class.forName(arguments.get(0)), arguments.subList(1, args.length).toArray(String[]::new));
		while (System.in.read() >= 0) {
			// The input is not used
		}
		Runtime.getRuntime().halt(1);
	}

}
