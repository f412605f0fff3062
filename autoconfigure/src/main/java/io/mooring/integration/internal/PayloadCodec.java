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

package io.mooring.integration.internal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

import io.mooring.codec.Codec;
import io.mooring.codec.CodecException;
import io.mooring.codec.CorrelatedCodec;
import io.mooring.codec.JsonCodec;
import io.mooring.integration.PayloadSettings;

/**
 * Codec of the payloads of one connection. A {@code byte[]} to send is considered
 * encoded, except with a user-defined codec, which encodes every payload.
 */
final class PayloadCodec {

	private final Codec<Object> codec;

	private final boolean decodes;

	private final boolean takesBytes;

	private final String accepted;

	@SuppressWarnings("unchecked")
	private PayloadCodec(Codec<?> codec, boolean decodes, boolean takesBytes, String accepted) {
		this.codec = (Codec<Object>) codec;
		this.decodes = decodes;
		this.takesBytes = takesBytes;
		this.accepted = accepted;
	}

	/**
	 * Return the codec of a connection.
	 * @param payload the settings of the payloads
	 * @param context the context to look up beans in
	 * @return the codec
	 */
	static PayloadCodec of(PayloadSettings payload, SupplierContext context) {
		return switch (payload.codec()) {
			case PayloadSettings.BYTES -> string(StandardCharsets.UTF_8, false);
			case PayloadSettings.STRING -> string(Charset.forName(payload.charset()), true);
			case PayloadSettings.JSON ->
				new PayloadCodec(JsonCodecs.create(ClassUtils.resolveClassName(payload.payloadType(), null), context),
						true, false, "byte[], and types that Jackson can serialize");
			default -> new PayloadCodec(context.bean(payload.codec(), Codec.class), true, true,
					"the types that the codec " + payload.codec() + " encodes");
		};
	}

	private static PayloadCodec string(Charset charset, boolean decodes) {
		return new PayloadCodec(Codec.string(charset), decodes, false, "byte[], and String, sent as " + charset);
	}

	/**
	 * Return whether received payloads are decoded to other types than {@code byte[]}.
	 */
	boolean decodes() {
		return this.decodes;
	}

	byte[] encode(Object payload) {
		if (payload instanceof byte[] bytes && !this.takesBytes) {
			return bytes;
		}
		try {
			return Objects.requireNonNull(this.codec.encode(payload), "the codec returned null");
		}
		catch (ClassCastException ex) {
			throw new CodecException("accepted are " + this.accepted, ex);
		}
		catch (RuntimeException ex) {
			throw failure(ex);
		}
	}

	Object decode(byte[] bytes) {
		try {
			return Objects.requireNonNull(this.codec.decode(bytes), "the codec returned null");
		}
		catch (RuntimeException ex) {
			throw failure(ex);
		}
	}

	/**
	 * Return whether requests and replies have correlation ids.
	 */
	boolean correlates() {
		return this.codec instanceof CorrelatedCodec;
	}

	@Nullable Object correlationId(Object payload) {
		try {
			return (this.codec instanceof CorrelatedCodec<Object> correlated) ? correlated.correlationId(payload)
					: null;
		}
		catch (RuntimeException ex) {
			throw failure(ex);
		}
	}

	private static CodecException failure(RuntimeException cause) {
		return (cause instanceof CodecException exception) ? exception
				: new CodecException("the codec failed: " + message(cause), cause);
	}

	private static @Nullable String message(RuntimeException cause) {
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

	/**
	 * Makes codecs with the application's {@code JsonMapper}. Apart, since Jackson need
	 * not be on the class path.
	 */
	private static final class JsonCodecs {

		private JsonCodecs() {
		}

		static Codec<?> create(Class<?> type, SupplierContext context) {
			return new JsonCodec<>(context.bean(JsonMapper.class), type);
		}

	}

}
