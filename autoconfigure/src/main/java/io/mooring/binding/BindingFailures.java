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

package io.mooring.binding;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Factory for {@link BindingException}s with the reason and the available interfaces.
 */
final class BindingFailures {

	private BindingFailures() {
	}

	static BindingException noAddress(String name, List<InterfaceSnapshot> interfaces) {
		String reason = interfaces.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.findFirst()
			.map((found) -> (found.up()) ? "it is up but has no address" : "it is down")
			.orElseGet(() -> "there is no such interface" + suggestion(name, interfaces));
		return failure("Network interface '" + name + "' has no IP address", reason, interfaces);
	}

	static BindingException unknown(String text, List<InterfaceSnapshot> interfaces) {
		return failure("There is no network interface '" + text + "'",
				"accepted are names, indexes and addresses" + suggestion(text, interfaces), interfaces);
	}

	static BindingException noInterface(IpSubnet subnet, List<InterfaceSnapshot> interfaces) {
		List<InterfaceSnapshot> down = interfaces.stream()
			.filter((candidate) -> candidate.addresses()
				.stream()
				.anyMatch((address) -> subnet.contains(address.address())))
			.toList();
		String reason = (down.isEmpty()) ? "none has an address in it" : names(down)
				+ ((down.size() == 1) ? " has an address in it but is down" : " have an address in it but are down");
		return failure("No network interface corresponds to subnet '" + subnet + "'", reason, interfaces);
	}

	private static BindingException failure(String what, String reason, List<InterfaceSnapshot> interfaces) {
		String candidates = interfaces.stream().map(InterfaceSnapshot::toString).collect(Collectors.joining(", "));
		return new BindingException(
				what + ": " + reason + "; candidates: " + ((candidates.isEmpty()) ? "none" : candidates));
	}

	private static String names(List<InterfaceSnapshot> interfaces) {
		return interfaces.stream().map(InterfaceSnapshot::name).collect(Collectors.joining(", "));
	}

	private static String suggestion(String name, List<InterfaceSnapshot> interfaces) {
		List<InterfaceSnapshot> close = interfaces.stream()
			.filter((candidate) -> isClose(name, candidate.name()))
			.toList();
		return (close.size() == 1) ? ", did you mean '" + close.get(0).name() + "'?" : "";
	}

	private static boolean isClose(String name, String other) {
		if (name.equalsIgnoreCase(other)) {
			return true;
		}
		int prefix = 0;
		int shorter = Math.min(name.length(), other.length());
		while (prefix < shorter && name.charAt(prefix) == other.charAt(prefix)) {
			prefix++;
		}
		int longer = Math.max(name.length(), other.length());
		int suffix = 0;
		while (suffix < shorter - prefix
				&& name.charAt(name.length() - 1 - suffix) == other.charAt(other.length() - 1 - suffix)) {
			suffix++;
		}
		return shorter > 1 && longer - prefix - suffix <= 1;
	}

}
