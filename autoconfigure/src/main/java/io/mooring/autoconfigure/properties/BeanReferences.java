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
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.mooring.ConnectionInterceptor;
import io.mooring.ConnectionSpec;
import io.mooring.codec.Codec;
import io.mooring.codec.Framing;
import io.mooring.integration.PayloadSettings;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.stream.FramingSettings;

/**
 * Checks that the beans are there which a connection refers to.
 */
final class BeanReferences {

	private static final List<String> CODECS = List.of(PayloadSettings.BYTES, PayloadSettings.STRING,
			PayloadSettings.JSON);

	private static final String JSON_MAPPER = "tools.jackson.databind.json.JsonMapper";

	private static final String ROLE_CONTROLLER = "org.springframework.integration.support.SmartLifecycleRoleController";

	private static final String ROLE_CONTROLLER_BEAN = "integrationLifecycleRoleController";

	private final BeanLookup beans;

	private final Layers given;

	BeanReferences(BeanLookup beans, Layers given) {
		this.beans = beans;
		this.given = given;
	}

	void check(ConnectionSpec spec) {
		checkCodec(spec.get(PayloadSettings.class).codec());
		checkFraming(spec.get(FramingSettings.class));
		checkPolicy(spec.get(ReconnectSettings.class).policy());
		if (spec.get(StartupSettings.class).role() != null) {
			checkRole();
		}
		Given own = this.given.given("interceptors");
		boolean inUrl = own != null && own.url() != null;
		List<String> names = spec.get(FlowSettings.class).interceptors();
		for (int i = 0; i < names.size(); i++) {
			if (!this.beans.contains(names.get(i), ConnectionInterceptor.class)) {
				rejectInterceptor(names.get(i), i, inUrl);
			}
		}
	}

	private void checkCodec(String codec) {
		if (codec.equals(PayloadSettings.JSON) && !hasJsonMapper()) {
			this.given.reject("codec", "needs Jackson 3 and its bean JsonMapper, which "
					+ "org.springframework.boot:spring-boot-starter-jackson brings");
		}
		else if (!CODECS.contains(codec) && !this.beans.contains(codec, Codec.class)) {
			rejectUnknown("codec", "a codec", codec, CODECS, Codec.class);
		}
	}

	private void checkFraming(FramingSettings framing) {
		TransportTypes.Entry type = this.given.type();
		if (type == null || !type.reads("framing.type") || !framing.isBean()) {
			return;
		}
		if (this.beans.contains(framing.type(), Framing.class)) {
			FramingSettings.checkBean(this.given, this.given::isOwn);
			return;
		}
		rejectUnknown("framing.type", "a framing", framing.type(), FramingSettings.builtIn(), Framing.class);
	}

	private void rejectUnknown(String key, String what, String name, List<String> builtIn, Class<?> type) {
		Collection<String> others = this.beans.names(type);
		List<String> all = new ArrayList<>(builtIn);
		all.addAll(others);
		this.given.reject(key,
				"is not " + what + Suggestion.among(name, all) + " (known are "
						+ (builtIn.isEmpty() ? "" : String.join(", ", builtIn) + " and ")
						+ known(type.getSimpleName(), others) + ")");
	}

	private void checkPolicy(@Nullable String policy) {
		if (policy != null && !this.beans.contains(policy, ReconnectPolicy.class)) {
			rejectUnknown("reconnect.policy", "a reconnect policy", policy, List.of(), ReconnectPolicy.class);
		}
	}

	private boolean hasJsonMapper() {
		return ClassUtils.isPresent(JSON_MAPPER, null)
				&& !this.beans.names(ClassUtils.resolveClassName(JSON_MAPPER, null)).isEmpty();
	}

	private void checkRole() {
		if (!ClassUtils.isPresent(ROLE_CONTROLLER, null)
				|| !this.beans.contains(ROLE_CONTROLLER_BEAN, ClassUtils.resolveClassName(ROLE_CONTROLLER, null))) {
			this.given.reject("role",
					"needs Spring Integration and its bean " + ROLE_CONTROLLER_BEAN
							+ ", without which nothing opens the connection; org.springframework.boot:"
							+ "spring-boot-starter-integration and @EnableIntegration bring it");
		}
	}

	private void rejectInterceptor(String name, int index, boolean inUrl) {
		Collection<String> others = this.beans.names(ConnectionInterceptor.class);
		String known = known("ConnectionInterceptor", others);
		if (inUrl) {
			this.given.reject("url", "has the unknown +" + name + Suggestion.among(name, others)
					+ "; known are +log, +rd and +wr, and " + known);
			return;
		}
		String element = "interceptors[" + index + "]";
		this.given.reject((this.given.given(element) != null) ? element : "interceptors", "names " + name
				+ ", which is not an interceptor" + Suggestion.among(name, others) + " (known are " + known + ")");
	}

	private static String known(String type, Collection<String> names) {
		return names.isEmpty() ? "the beans of the type " + type + ", of which there are none"
				: "the " + type + ((names.size() == 1) ? " bean " : " beans ") + String.join(", ", names);
	}

}
