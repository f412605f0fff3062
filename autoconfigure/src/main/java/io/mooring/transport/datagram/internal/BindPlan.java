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

package io.mooring.transport.datagram.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.InterfaceSnapshot;

/**
 * Resolved parameters of a socket, created at each opening.
 *
 * @param family the family of the socket, {@code null} for both on one
 * @param local the address to bind to
 * @param remote the address to connect to, {@code null} for none
 * @param networkInterface the resolved interface, {@code null} for none
 * @param broadcast the broadcast address of the binding, {@code null} for none
 * @param group the group to send to, with its scope, {@code null} for none
 * @param outgoing the interface to send multicast through, {@code null} for the choice of
 * the operating system
 */
record BindPlan(@Nullable StandardProtocolFamily family, InetSocketAddress local, @Nullable InetSocketAddress remote,
		@Nullable InterfaceSnapshot networkInterface, @Nullable InetAddress broadcast, @Nullable InetAddress group,
		@Nullable InterfaceSnapshot outgoing) {
}
