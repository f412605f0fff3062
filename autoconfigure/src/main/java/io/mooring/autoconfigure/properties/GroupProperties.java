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

/**
 * Group to join.
 */
class GroupProperties {

	/**
	 * Address of the group, for IPv6 possibly with a zone.
	 */
	private @Nullable String group;

	/**
	 * Name, index or address of the network interface to join on.
	 */
	@Name("interface")
	private @Nullable String interfaceName;

	/**
	 * Addresses of the only senders to receive from.
	 */
	private List<String> sources = new ArrayList<>();

	public @Nullable String getGroup() {
		return this.group;
	}

	public void setGroup(@Nullable String group) {
		this.group = group;
	}

	public @Nullable String getInterfaceName() {
		return this.interfaceName;
	}

	public void setInterfaceName(@Nullable String interfaceName) {
		this.interfaceName = interfaceName;
	}

	public List<String> getSources() {
		return this.sources;
	}

	public void setSources(List<String> sources) {
		this.sources = sources;
	}

}
