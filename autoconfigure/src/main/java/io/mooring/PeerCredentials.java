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
 * Who is on the other side of a Unix socket, as the kernel vouches for it (unix(7)): who
 * sent a datagram (SCM_CREDENTIALS), or who connected a stream or listened for it at the
 * time (SO_PEERCRED).
 *
 * @param pid the process, as seen in this process's namespace; 0 where that cannot see it
 * @param uid the user
 * @param gid the group
 */
public record PeerCredentials(long pid, long uid, long gid) {

}
