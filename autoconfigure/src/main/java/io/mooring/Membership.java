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

import java.net.InetAddress;
import java.util.Set;

/**
 * A group that a connection is, or will be once it is open, a member of on one interface.
 *
 * @param group the address of the group
 * @param interfaceName the name of the interface; before it was found, what was asked
 * for, and empty for the choice of the system
 * @param sources whose datagrams are received, empty for anybody's
 * @param blocked whose datagrams are not received
 */
public record Membership(InetAddress group, String interfaceName, Set<InetAddress> sources, Set<InetAddress> blocked) {

}
