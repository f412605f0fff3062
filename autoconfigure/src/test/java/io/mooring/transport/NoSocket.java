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

import java.net.SocketAddress;
import java.net.SocketOption;

import org.jspecify.annotations.Nullable;

/**
 * A socket that is none.
 *
 * @param closed is told when it is closed
 */
public record NoSocket(Runnable closed) implements Endpoint {

	@Override
	public @Nullable SocketAddress getLocalAddress() {
		return null;
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() {
		return null;
	}

	@Override
	public @Nullable String getInterfaceName() {
		return null;
	}

	@Override
	public <T> @Nullable T getOption(SocketOption<T> option) {
		return null;
	}

	@Override
	public <T> void setOption(SocketOption<T> option, T value) {
	}

	@Override
	public void close() {
		this.closed.run();
	}

}
