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

package io.mooring;

import org.jspecify.annotations.Nullable;

/**
 * Application event published after the state of a connection changed. Events of one
 * connection are published in order and one at a time. A listener that blocks delays its
 * connection only.
 *
 * @param connection the connection
 * @param previous the previous state
 * @param current the new state
 * @param cause the cause, {@code null} if the change was requested by the application
 */
public record ConnectionStateChangedEvent(Connection connection, ConnectionState previous, ConnectionState current,
		@Nullable Throwable cause) {

}
