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

package io.mooring.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

import io.mooring.IpMode;
import io.mooring.MulticastBind;

/**
 * Which groups to join and how to send to them.
 */
class MulticastProperties {

	/**
	 * Groups to join, beside or instead of the one called "group".
	 */
	private List<GroupProperties> groups = new ArrayList<>();

	/**
	 * Name, index or address of the network interface to send through.
	 */
	@Name("interface")
	private @Nullable String interfaceName;

	/**
	 * Number of networks that what is sent may cross, 1 to 255: time to live, or hop
	 * limit.
	 */
	private @Nullable Integer ttl;

	/**
	 * Whether sockets of this machine receive what it sends.
	 */
	private @Nullable Boolean loopback;

	/**
	 * Which families of addresses the socket is for; by default those of the groups.
	 */
	private @Nullable IpMode ipMode;

	/**
	 * Whether to join the groups, rather than only to send to them.
	 */
	private @Nullable Boolean join;

	/**
	 * Whether to refuse recipients that are not groups.
	 */
	private @Nullable Boolean only;

	/**
	 * What to bind to; by default the group where there is exactly one to join.
	 */
	private @Nullable MulticastBind bind;

	public List<GroupProperties> getGroups() {
		return this.groups;
	}

	public void setGroups(List<GroupProperties> groups) {
		this.groups = groups;
	}

	public @Nullable String getInterfaceName() {
		return this.interfaceName;
	}

	public void setInterfaceName(@Nullable String interfaceName) {
		this.interfaceName = interfaceName;
	}

	public @Nullable Integer getTtl() {
		return this.ttl;
	}

	public void setTtl(@Nullable Integer ttl) {
		this.ttl = ttl;
	}

	public @Nullable Boolean getLoopback() {
		return this.loopback;
	}

	public void setLoopback(@Nullable Boolean loopback) {
		this.loopback = loopback;
	}

	public @Nullable IpMode getIpMode() {
		return this.ipMode;
	}

	public void setIpMode(@Nullable IpMode ipMode) {
		this.ipMode = ipMode;
	}

	public @Nullable Boolean getJoin() {
		return this.join;
	}

	public void setJoin(@Nullable Boolean join) {
		this.join = join;
	}

	public @Nullable Boolean getOnly() {
		return this.only;
	}

	public void setOnly(@Nullable Boolean only) {
		this.only = only;
	}

	public @Nullable MulticastBind getBind() {
		return this.bind;
	}

	public void setBind(@Nullable MulticastBind bind) {
		this.bind = bind;
	}

}
