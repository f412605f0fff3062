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

package io.mooring.benchmarks.agent;

import java.util.function.Supplier;

import io.mooring.benchmarks.engine.Engine;
import io.mooring.benchmarks.engine.JdkEngine;
import io.mooring.benchmarks.engine.JunixsocketEngine;
import io.mooring.benchmarks.engine.MooringEngine;
import io.mooring.benchmarks.engine.NativeEngine;
import io.mooring.benchmarks.engine.NettyEngine;
import io.mooring.benchmarks.engine.SpringIntegrationEngine;

/**
 * Implementation to compare.
 */
public enum Contender {

	/**
	 * spring-integration-ip, without a meter registry.
	 */
	SI("SI", () -> new SpringIntegrationEngine(false, false)),

	/**
	 * spring-integration-ip with NIO, without a meter registry.
	 */
	SI_NIO("SI, NIO", () -> new SpringIntegrationEngine(false, true)),

	/**
	 * Mooring with channels, without a meter registry.
	 */
	MOORING("Mooring", () -> new MooringEngine(false, false)),

	/**
	 * Mooring with beans.
	 */
	MOORING_BEAN("Mooring, bean", () -> new MooringEngine(false, true)),

	/**
	 * spring-integration-ip, with a meter registry.
	 */
	SI_METERED("SI, metered", () -> new SpringIntegrationEngine(true, false)),

	/**
	 * Mooring with channels, with a meter registry.
	 */
	MOORING_METERED("Mooring, metered", () -> new MooringEngine(true, false)),

	/**
	 * Blocking channels of the JDK.
	 */
	JDK("JDK", JdkEngine::new),

	/**
	 * Handlers on an event loop of Netty.
	 */
	NETTY("Netty", NettyEngine::new),

	/**
	 * recvmmsg by JNA.
	 */
	NATIVE("recvmmsg", NativeEngine::new),

	/**
	 * junixsocket.
	 */
	JUNIXSOCKET("junixsocket", JunixsocketEngine::new);

	private final String label;

	private final Supplier<Engine> engine;

	Contender(String label, Supplier<Engine> engine) {
		this.label = label;
		this.engine = engine;
	}

	/**
	 * Return the name for reports.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return the baseline of this contender: spring-integration-ip with or without a
	 * meter registry.
	 * @return the contender
	 */
	public Contender baseline() {
		return (this == MOORING_METERED || this == SI_METERED) ? SI_METERED : SI;
	}

	Engine create() {
		return this.engine.get();
	}

}
