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
 * A UDP connection that is a member of groups. Memberships, those declared and those
 * joined at run time, belong to the connection: every reopening joins them again.
 * <p>
 * A group is an address, for IPv6 with a zone where no interface is given
 * ({@code ff02::1%eth0}). An interface is a name, an index or one of its addresses;
 * {@code null} is the connection's own, and without one the system's choice. A source is
 * the address of a sender.
 * <p>
 * What changes memberships throws a {@link ConnectionException} if the connection is not
 * open, an argument is not what it should be, or the system refuses, naming the limit
 * where that was reached. The connection stays usable.
 */
public interface MulticastConnection extends DatagramConnection {

	/**
	 * Join a group. Does nothing if it is joined so. Sources are joined one by one; a
	 * group is joined for anybody or for sources, not both on one interface.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the only sender to receive from, or one more, {@code null} for
	 * anybody
	 */
	void join(String group, @Nullable String networkInterface, @Nullable String source);

	/**
	 * Join a group.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender to receive from, {@code null} for anybody
	 * @see #join(String, String, String)
	 */
	default void join(InetAddress group, @Nullable String networkInterface, @Nullable InetAddress source) {
		join(group.getHostAddress(), networkInterface, (source != null) ? source.getHostAddress() : null);
	}

	/**
	 * Leave a group.
	 * @param group the group
	 * @param networkInterface the interface; {@code null} will do where the group is
	 * joined on one only
	 * @param source the sender no longer to receive from, {@code null} to leave the group
	 * altogether
	 */
	void leave(String group, @Nullable String networkInterface, @Nullable String source);

	/**
	 * Leave a group.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender no longer to receive from, {@code null} to leave the group
	 * altogether
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
	 * Receive no more from a sender, in a group that is joined for anybody.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 */
	void block(String group, @Nullable String networkInterface, String source);

	/**
	 * Receive no more from a sender.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 * @see #block(String, String, String)
	 */
	default void block(InetAddress group, @Nullable String networkInterface, InetAddress source) {
		block(group.getHostAddress(), networkInterface, source.getHostAddress());
	}

	/**
	 * Receive again from a sender that is blocked.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 */
	void unblock(String group, @Nullable String networkInterface, String source);

	/**
	 * Receive again from a sender that is blocked.
	 * @param group the group
	 * @param networkInterface the interface
	 * @param source the sender
	 * @see #unblock(String, String, String)
	 */
	default void unblock(InetAddress group, @Nullable String networkInterface, InetAddress source) {
		unblock(group.getHostAddress(), networkInterface, source.getHostAddress());
	}

	/**
	 * Return the memberships, also while the connection is not open.
	 * @return a copy, in the order of joining
	 */
	List<Membership> getMemberships();

	/**
	 * Return the memberships that wait for their interface while the connection is open
	 * with the others.
	 * @return a copy, each with the group and why it is not joined
	 */
	List<String> getMissingMemberships();

}
