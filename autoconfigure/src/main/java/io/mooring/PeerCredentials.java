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

/**
 * Credentials of the peer of a Unix socket, verified by the kernel (unix(7)): of the
 * sender of a datagram (SCM_CREDENTIALS), or of the process that connected to or listened
 * on a stream socket (SO_PEERCRED).
 *
 * @param pid the process ID in the PID namespace of this process, 0 if not visible there
 * @param uid the user ID
 * @param gid the group ID
 */
public record PeerCredentials(long pid, long uid, long gid) {

}
