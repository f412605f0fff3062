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

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.mooring.ConnectionSpec.Payload;
import io.mooring.ConnectionSpecBuilder;

/**
 * What the keys for codecs mean. Those that do not go with the codec are refused, unless
 * they are defaults.
 */
final class PayloadKeys {

	private final ConnectionProperties properties;

	private final GivenKeys given;

	PayloadKeys(ConnectionProperties properties, GivenKeys given) {
		this.properties = properties;
		this.given = given;
	}

	void apply(ConnectionSpecBuilder spec) {
		Payload defaults = spec.build().payload();
		String name = text(this.properties.getCodec());
		String codec = (name != null) ? name : defaults.codec();
		String charset = text(this.properties.getCharset());
		String type = text(this.properties.getPayloadType());
		checkUse("charset", charset, codec, Payload.STRING);
		checkUse("payload-type", type, codec, Payload.JSON);
		spec.payload(new Payload(codec, (charset != null) ? charset(charset, defaults.charset()) : defaults.charset(),
				(type != null) ? type(type, codec) : defaults.type()));
	}

	private void checkUse(String key, @Nullable String value, String codec, String its) {
		if (value != null && !codec.equals(its) && this.given.own(key) != null) {
			this.given.reject(key, "has no meaning but with codec " + its);
		}
	}

	private Charset charset(String name, Charset other) {
		try {
			Charset charset = Charset.forName(name);
			if (charset.canEncode()) {
				return charset;
			}
		}
		catch (IllegalArgumentException ex) {
			// Refused below, like one that only decodes
		}
		this.given.reject("charset", "is not a charset; accepted are names such as UTF-8, ISO-8859-1 or windows-1252");
		return other;
	}

	private String type(String name, String codec) {
		if (codec.equals(Payload.JSON) && !ClassUtils.isPresent(name, null)) {
			this.given.reject("payload-type",
					"is not on the class path; accepted is the name of a class with its package");
		}
		return name;
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

}
