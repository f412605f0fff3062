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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionType;
import io.mooring.health.HealthSettings;
import io.mooring.integration.IntegrationSettings;
import io.mooring.integration.PayloadSettings;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.transport.TransportFactory;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.datagram.GroupSettings;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.ConnectSettings;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.ReceiveSettings;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.SslSettings;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.stream.ClientsSettings;
import io.mooring.transport.stream.FramingSettings;
import io.mooring.transport.stream.TcpSettings;
import io.mooring.transport.unix.AncillarySettings;

/**
 * The types that there are, as a declaration spells them, and the keys that they read.
 */
final class TransportTypes {

	/**
	 * The settings of all types.
	 */
	static final List<Class<?>> COMMON = List.of(TypeSettings.class, FlowSettings.class, StartupSettings.class,
			ReconnectSettings.class, ReceiveSettings.class, PayloadSettings.class, IntegrationSettings.class,
			HealthSettings.class);

	/**
	 * The settings that are known whichever transports there are, in the order in which
	 * messages list their keys.
	 */
	private static final List<Class<?>> KNOWN = List.of(TypeSettings.class, AddressSettings.class, UnixSettings.class,
			FlowSettings.class, StartupSettings.class, ConnectSettings.class, ReconnectSettings.class,
			HeartbeatSettings.class, FramingSettings.class, PayloadSettings.class, SendSettings.class,
			ReceiveSettings.class, DatagramSettings.class, AncillarySettings.class, GroupSettings.class,
			BroadcastSettings.class, MulticastSettings.class, SocketSettings.class, TcpSettings.class,
			SslSettings.class, IntegrationSettings.class, HealthSettings.class, ClientsSettings.class);

	private final TransportFactories transports;

	private final SettingsKeys keys;

	TransportTypes(TransportFactories transports) {
		this.transports = transports;
		this.keys = new SettingsKeys(settings(transports));
	}

	/**
	 * Return all settings records that connections have.
	 */
	static List<Class<?>> settings(TransportFactories transports) {
		List<Class<?>> all = new ArrayList<>(KNOWN);
		transports.types()
			.stream()
			.flatMap((type) -> transports.factory(type).getSettings(type).stream())
			.sorted(Comparator.comparing(Class::getName))
			.forEach(all::add);
		return all.stream().distinct().toList();
	}

	SettingsKeys keys() {
		return this.keys;
	}

	@Nullable Entry find(String scheme) {
		ConnectionType type = this.transports.type(scheme.strip().toLowerCase(Locale.ROOT));
		if (type == null) {
			return null;
		}
		TransportFactory factory = this.transports.factory(type);
		List<Class<?>> settings = new ArrayList<>(COMMON);
		settings.addAll(factory.getSettings(type));
		return new Entry(type, factory, settings, this.keys);
	}

	/**
	 * Say which type was probably meant, and which there are.
	 */
	String known(String scheme) {
		return Suggestion.among(scheme, names()) + " (known are " + String.join(", ", names()) + ")";
	}

	List<String> names() {
		return this.transports.types().stream().map(ConnectionType::getScheme).sorted().toList();
	}

	/**
	 * A type and its transport.
	 *
	 * @param type the type
	 * @param factory makes its connections
	 * @param settings the settings records that it reads
	 * @param keys the keys that there are
	 */
	record Entry(ConnectionType type, TransportFactory factory, List<Class<?>> settings, SettingsKeys keys) {

		/**
		 * Return whether the type reads a key.
		 */
		boolean reads(String key) {
			Class<?> owner = this.keys.owner(key);
			return owner != null && this.settings.contains(owner)
					&& !covers(this.factory.getUnsupportedKeys(this.type), key);
		}

		/**
		 * Return the key that the path of a URL stands for.
		 * @return the key, {@code null} if the type takes no path
		 */
		@Nullable String pathKey() {
			return this.factory.getPathKey(this.type);
		}

		Map<String, String> defaults() {
			return this.factory.getDefaults(this.type);
		}

		/**
		 * Return the keys that only some types read; a group stands for all its keys.
		 */
		Set<String> shownKeys() {
			Set<String> shown = new TreeSet<>();
			for (String key : this.keys.all()) {
				Class<?> owner = this.keys.owner(key.replaceFirst("\\[\\]$", ""));
				if (owner == null || COMMON.contains(owner) || !reads(key)) {
					continue;
				}
				int dot = key.indexOf('.');
				String group = (dot > 0) ? key.substring(0, dot) : "";
				shown.add((dot > 0 && this.keys.members(group).stream().allMatch(this::isShown)) ? group : key);
			}
			return shown;
		}

		private boolean isShown(String key) {
			Class<?> owner = this.keys.owner(key);
			return owner != null && !COMMON.contains(owner) && reads(key);
		}

		private static boolean covers(Collection<String> some, String key) {
			return some.stream()
				.anyMatch((known) -> key.equals(known) || key.startsWith(known + ".") || key.startsWith(known + "["));
		}

	}

}
