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
 * Multicast membership of a connection: a group on one interface, joined or to be joined
 * when the connection is open.
 *
 * @param group the address of the group
 * @param interfaceName the name of the interface, as declared until it is resolved, empty
 * for the choice of the operating system
 * @param sources the senders to receive from, empty for all
 * @param blocked the senders whose datagrams are not received
 */
public record Membership(InetAddress group, String interfaceName, Set<InetAddress> sources, Set<InetAddress> blocked) {

}
