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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.UrlResource;

import io.mooring.ClientAuth;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.IntegrationMode;
import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.OverflowPolicy;
import io.mooring.StartupMode;
import io.mooring.transport.stream.FramingSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE is told.
 */
class MooringMetadataTests {

	private final DocumentContext metadata = read();

	@Test
	void everyKeyIsDescribedAsADefault() {
		Map<String, Object> descriptions = new LinkedHashMap<>();
		list("properties").forEach((property) -> descriptions.put((String) property.get("name"),
				Objects.requireNonNullElse(property.get("description"), "")));
		new TransportTypes(TransportFactories.load(null)).keys()
			.all()
			.stream()
			.filter((key) -> !key.equals("url"))
			.map((key) -> key.replaceFirst("\\[\\].*", ""))
			.forEach((key) -> {
				assertThat(descriptions).containsKey("mooring.defaults." + key);
				assertThat((String) descriptions.get("mooring.defaults." + key)).isNotBlank().doesNotStartWith("The ");
			});
		assertThat(descriptions).containsKeys("mooring.enabled", "mooring.connections")
			.doesNotContainKey("mooring.defaults.url")
			.doesNotContainKey("mooring.defaults.interface-name");
	}

	@Test
	void everyKeyHasATypeAndTheDefaultWithWhichItIsBound() {
		Map<String, Object> bound = new LinkedHashMap<>();
		new ConnectionDeclarations(new StandardEnvironment()).defaults("any", ConnectionType.TCP_LISTEN)
			.settings()
			.forEach((settings) -> SettingsKeys.values(settings, bound::put));
		bound.remove("type");
		Set<String> withDefault = new TreeSet<>();
		list("properties").forEach((property) -> {
			String name = (String) property.get("name");
			assertThat(property).as(name).containsKey("type");
			if (name.startsWith("mooring.defaults.") && property.containsKey("defaultValue")) {
				withDefault.add(name.substring("mooring.defaults.".length()));
			}
		});
		assertThat(withDefault).containsExactlyInAnyOrderElementsOf(bound.keySet());
	}

	@Test
	void everyGroupIsDescribed() {
		Map<String, List<Object>> descriptions = new LinkedHashMap<>();
		list("groups")
			.forEach((group) -> descriptions.computeIfAbsent((String) group.get("name"), (name) -> new ArrayList<>())
				.add(group.get("description")));
		assertThat(descriptions).isNotEmpty()
			.allSatisfy((name, texts) -> assertThat(texts).as(name).anySatisfy((text) -> assertThat(text).isNotNull()));
	}

	@Test
	void closedChoicesAreHinted() {
		assertThat(hinted("mooring.defaults.type")).containsExactlyInAnyOrderElementsOf(
				TransportFactories.load(null).types().stream().map(ConnectionType::getScheme).toList());
		assertThat(hinted("mooring.defaults.integration.mode")).hasSameSizeAs(IntegrationMode.values());
		assertThat(hinted("mooring.defaults.multicast.ip-mode")).hasSameSizeAs(IpMode.values());
		assertThat(hinted("mooring.defaults.multicast.bind")).hasSameSizeAs(MulticastBind.values());

		assertThat(hinted("mooring.defaults.ssl.client-auth")).hasSameSizeAs(ClientAuth.values());
		assertThat(hinted("mooring.defaults.framing.type")).containsExactlyElementsOf(FramingSettings.builtIn());
		assertThat(hinted("mooring.defaults.codec")).containsExactly("bytes", "string", "json");
		assertThat(hinted("mooring.defaults.direction")).hasSameSizeAs(Direction.values());
		assertThat(hinted("mooring.defaults.startup")).hasSameSizeAs(StartupMode.values());
		assertThat(hinted("mooring.defaults.receive.overflow")).hasSameSizeAs(OverflowPolicy.values());
		assertThat(hinted("mooring.defaults.health.importance")).containsExactly("required", "optional");
		assertThat(list("hints"))
			.anySatisfy((hint) -> assertThat(hint).containsEntry("name", "mooring.connections.keys"));
	}

	private List<Object> hinted(String name) {
		return this.metadata.read("$.hints[?(@.name == '" + name + "')].values[*].value");
	}

	private List<Map<String, Object>> list(String name) {
		return this.metadata.read("$." + name);
	}

	private static DocumentContext read() {
		// Settings of tests have metadata of the same name
		URL classes = TransportTypes.class.getProtectionDomain().getCodeSource().getLocation();
		try (InputStream stream = new UrlResource(classes).createRelative("META-INF/spring-configuration-metadata.json")
			.getInputStream()) {
			return JsonPath.parse(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
