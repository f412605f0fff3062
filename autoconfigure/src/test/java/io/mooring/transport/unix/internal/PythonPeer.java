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

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import io.mooring.UnixPath;
import io.mooring.transport.Peer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Unix datagram socket of a Python process.
 */
final class PythonPeer implements Peer {

	private static final int SIZE = 1024 * 1024;

	private final Process process;

	private final BufferedWriter commands;

	private final BufferedReader answers;

	private final String address;

	private String target = "-";

	/**
	 * Start a peer.
	 * @param address its path or @name, {@code auto} for an abstract one of the system's
	 * choice, {@code -} for none
	 */
	PythonPeer(String address) throws IOException {
		String script;
		try (InputStream resource = PythonPeer.class.getResourceAsStream("peer.py")) {
			script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		this.process = new ProcessBuilder("python3", "-IS", "-c", script).redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.commands = new BufferedWriter(
				new OutputStreamWriter(this.process.getOutputStream(), StandardCharsets.UTF_8));
		this.answers = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		this.address = command("open " + address);
	}

	PythonPeer to(SocketAddress target) {
		this.target = target.toString();
		return this;
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Tell the peer to do something.
	 * @return its answer
	 */
	String command(String command) throws IOException {
		this.commands.write(command + "\n");
		this.commands.flush();
		String answer = this.answers.readLine();
		assertThat(answer).as(command.substring(0, Math.min(command.length(), 100))).isNotNull();
		if (answer.startsWith("error")) {
			throw new IOException(answer);
		}
		return answer;
	}

	@Override
	public void send(byte[] bytes) throws IOException {
		send(bytes, "-", "-");
	}

	void send(byte[] bytes, String descriptors, String credentials) throws IOException {
		command("send " + this.target + " ." + HexFormat.of().formatHex(bytes) + " " + descriptors + " " + credentials);
	}

	void burst(int count, byte[] bytes, String descriptors) throws IOException {
		command("burst " + count + " " + this.target + " ." + HexFormat.of().formatHex(bytes) + " " + descriptors
				+ " -");
	}

	@Override
	public byte[] receive() throws IOException {
		return receive(0).payload();
	}

	Received receive(int control) throws IOException {
		String[] parts = command("recv " + SIZE + " " + control).split(" ");
		String contents = parts[2].substring(1);
		return new Received(HexFormat.of().parseHex(parts[0].substring(1)), parts[1],
				contents.isEmpty() ? List.of() : List.of(contents.split("\\|")), parts[3]);
	}

	int descriptorCount() throws IOException {
		return Integer.parseInt(command("count"));
	}

	@Override
	public SocketAddress address() {
		return UnixPath.of(this.address);
	}

	@Override
	public void close() throws IOException {
		this.process.destroyForcibly().onExit().join();
	}

	record Received(byte[] payload, String sender, List<String> contents, String credentials) {

	}

}
