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
 * The state of a connection with when and why it came about.
 *
 * @param state the state
 * @param since when it was entered
 * @param wanted whether the connection should be open: from {@code open()} until
 * {@code close()}, also after the supervisor gave up
 * @param attempts the failed attempts since it was last open for 30 seconds or somebody
 * asked for it, a loss before that counted as one; 0 while it is open
 * @param lastError what failed last, {@code null} if nothing did since it was opened
 * @param interfaceName the network interface that the binding found, {@code null} while
 * there is none or the binding does not say
 */
public record ConnectionStatus(ConnectionState state, Instant since, boolean wanted, int attempts,
		@Nullable Throwable lastError, @Nullable String interfaceName) {

}
