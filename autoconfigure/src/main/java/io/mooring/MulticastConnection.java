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
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * UDP connection with multicast memberships. Memberships, declared or joined at run time,
 * belong to the connection and are joined again at every reopening.
 * <p>
 * A group is an address, which for IPv6 may have a zone instead of an interface
 * ({@code ff02::1%eth0}). An interface is a name, an index or one of its addresses;
 * {@code null} is the interface of the connection or, without one, the choice of the
 * operating system. A source is the address of a sender.
 * <p>
 * Methods that change memberships throw a {@link ConnectionException} if the connection
 * is not open, an argument is invalid, or the operating system reports an error; the
 * message names the limit that was reached, if any. The connection remains usable.
 */
public interface MulticastConnection extends DatagramConnection {

	/**
	 * Join a group. Does nothing if it is already joined with this source. A further
	 * source is added by a further call. On one interface a group is joined either for
	 * all senders or for single sources.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender to receive from, {@code null} for all senders
	 */
	void join(String group, @Nullable String networkInterface, @Nullable String source);

	/**
	 * Join a group.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender to receive from, {@code null} for all senders
	 * @see #join(String, String, String)
	 */
	default void join(InetAddress group, @Nullable String networkInterface, @Nullable InetAddress source) {
		join(group.getHostAddress(), networkInterface, (source != null) ? source.getHostAddress() : null);
	}

	/**
	 * Leave a group.
	 * @param group the group
	 * @param networkInterface the interface; may be {@code null} if the group is joined
	 * on one interface only
	 * @param source the source to remove, {@code null} to leave the group
	 */
	void leave(String group, @Nullable String networkInterface, @Nullable String source);

	/**
	 * Leave a group.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the source to remove, {@code null} to leave the group
	 * @see #leave(String, String, String)
	 */
	default void leave(InetAddress group, @Nullable String networkInterface, @Nullable InetAddress source) {
		leave(group.getHostAddress(), networkInterface, (source != null) ? source.getHostAddress() : null);
	}

	/**
	 * Leave all groups.
	 */
	void leaveAll();

	/**
	 * Block a sender in a group that is joined for all senders.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 */
	void block(String group, @Nullable String networkInterface, String source);

	/**
	 * Block a sender.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 * @see #block(String, String, String)
	 */
	default void block(InetAddress group, @Nullable String networkInterface, InetAddress source) {
		block(group.getHostAddress(), networkInterface, source.getHostAddress());
	}

	/**
	 * Unblock a sender.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 */
	void unblock(String group, @Nullable String networkInterface, String source);

	/**
	 * Unblock a sender.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 * @see #unblock(String, String, String)
	 */
	default void unblock(InetAddress group, @Nullable String networkInterface, InetAddress source) {
		unblock(group.getHostAddress(), networkInterface, source.getHostAddress());
	}

	/**
	 * Return the memberships, whether or not the connection is open.
	 * @return a copy, in the order of joining
	 */
	List<Membership> getMemberships();

	/**
	 * Return the memberships that are not joined although the connection is open, since
	 * their interface is not available.
	 * @return a copy, with the group and the reason of each
	 */
	List<String> getMissingMemberships();

}
