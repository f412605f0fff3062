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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.ConnectionInterceptor;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;

/**
 * Puts what passes into brackets, swallows what is told to be nothing, and notes the
 * states.
 */
final class BracketInterceptor implements ConnectionInterceptor {

	private final String left;

	private final String right;

	private final List<ConnectionState> states = new CopyOnWriteArrayList<>();

	BracketInterceptor(String left, String right) {
		this.left = left;
		this.right = right;
	}

	List<ConnectionState> states() {
		return this.states;
	}

	@Override
	public byte @Nullable [] received(Connection connection, byte[] message) {
		return bracket("in " + connection.getType(), message);
	}

	@Override
	public byte @Nullable [] sending(Connection connection, byte[] message) {
		return bracket("out " + connection.getType(), message);
	}

	private byte @Nullable [] bracket(String what, byte[] message) {
		String text = new String(message, StandardCharsets.UTF_8);
		return text.equals("nothing") ? null
				: (this.left + what + " " + text + this.right).getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void stateChanged(ConnectionStateChangedEvent event) {
		this.states.add(event.current());
	}

}
