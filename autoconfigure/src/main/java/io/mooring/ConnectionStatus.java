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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * State of a connection with its time and cause.
 *
 * @param state the state
 * @param since the time at which the state was entered
 * @param enabled whether the connection is to be open: from {@code open()} until
 * {@code close()}, also after the supervisor gave up
 * @param attempts the number of failed attempts since the connection was last open for 30
 * seconds or {@code open()} was called; a loss within 30 seconds counts as a failed
 * attempt; 0 while it is open
 * @param lastError the last error since the connection was opened, {@code null} if there
 * was none
 * @param interfaceName the name of the network interface that the binding resolved to,
 * {@code null} if there is none
 */
public record ConnectionStatus(ConnectionState state, Instant since, boolean enabled, int attempts,
		@Nullable Throwable lastError, @Nullable String interfaceName) {

}
