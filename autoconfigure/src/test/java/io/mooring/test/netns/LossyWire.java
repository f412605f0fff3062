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

package io.mooring.test.netns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Wire that drops, delays and duplicates packets in both directions, for kernels without
 * netem: a process forwards packets between two TAP interfaces. It is terminated with the
 * test.
 */
public final class LossyWire extends Wire {

	private final Function<String[], Process> starter;

	private Process process;

	private BufferedReader answers;

	LossyWire(Topology topology, Function<String[], Process> starter) {
		super(topology);
		this.starter = starter;
	}

	@Override
	void createLink() {
		this.process = this.starter
			.apply(new String[] { "python3", "-u", script(), name(), peerName(), peerNamespace() });
		this.answers = this.process.inputReader();
		expect("ready");
	}

	private static String script() {
		try {
			return Path.of(Objects.requireNonNull(LossyWire.class.getResource("lossy-wire.py")).toURI()).toString();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Start to drop packets.
	 * @param percent the percentage in each direction, at random positions: with 30,
	 * exactly three of every ten, so that TCP never backs off for minutes
	 */
	public void lose(int percent) {
		set("loss", percent);
	}

	/**
	 * Start to delay packets.
	 * @param millis the delay in each direction
	 */
	public void delay(int millis) {
		set("delay", millis);
	}

	/**
	 * Start to duplicate packets.
	 * @param percent the percentage, at random
	 */
	public void duplicate(int percent) {
		set("duplicate", percent);
	}

	private void set(String name, int value) {
		try {
			this.process.getOutputStream().write((name + " " + value + "\n").getBytes(StandardCharsets.US_ASCII));
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		expect("done");
	}

	private void expect(String answer) {
		try {
			String line = this.answers.readLine();
			if (!answer.equals(line)) {
				throw new AssertionError(line + "\n" + String.join("\n", this.answers.lines().toList()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
