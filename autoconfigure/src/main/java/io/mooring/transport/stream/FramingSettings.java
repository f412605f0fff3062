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

package io.mooring.transport.stream;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.mooring.codec.Delimiter;
import io.mooring.codec.EscapedBytes;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;
import io.mooring.codec.OversizeFrameException;
import io.mooring.transport.NamedBeans;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;
import io.mooring.transport.settings.SpecProblems;

/**
 * Delimitation of messages in a byte stream.
 *
 * @param type name of the framing: a built-in one, or a bean of the type Framing
 * @param lengthBytes bytes of the length in front of a frame, where the type is "length":
 * 1, 2 or 4
 * @param delimiter bytes after a frame, where the type is "delimiter": text, with the
 * escapes \\0, \\t, \\n, \\r, \\\\ and, for any other byte, \\x with two hexadecimal
 * digits
 * @param size size of every frame, where the type is "fixed". If a size suffix is not
 * specified, bytes are used
 * @param maxSize maximum size of a frame, both ways. If a size suffix is not specified,
 * bytes are used
 */
@ConfigurationProperties("mooring.defaults.framing")
public record FramingSettings(@DefaultValue("raw") String type, @DefaultValue("4") int lengthBytes,
		@Nullable Delimiter delimiter, @Nullable DataSize size,
		@DefaultValue("64KB") DataSize maxSize) implements SettingsRules<FramingSettings> {

	/**
	 * Create the settings of a framing that reads no other key.
	 * @param type the name of the framing
	 * @param maxSize the maximum size of a message in bytes
	 * @return the settings
	 */
	public static FramingSettings of(String type, int maxSize) {
		return new FramingSettings(type, 4, null, null, DataSize.ofBytes(maxSize));
	}

	/**
	 * Return the names of the framings that are not beans.
	 * @return the names
	 */
	public static List<String> builtIn() {
		return BuiltInFramings.names();
	}

	/**
	 * Return whether the framing is to be a bean.
	 * @return whether it is not built in
	 */
	public boolean isBean() {
		return BuiltInFramings.find(this.type) == null;
	}

	/**
	 * Return the framing.
	 * @param beans the beans to which the type may refer
	 * @return the framing
	 */
	public Framing framing(NamedBeans beans) {
		BuiltInFramings.Kind kind = BuiltInFramings.find(this.type);
		return (kind != null) ? kind.factory().apply(this) : beans.get(this.type, Framing.class);
	}

	/**
	 * Return the maximum size of a message.
	 * @return the size in bytes
	 */
	public int maxBytes() {
		return Math.toIntExact(this.maxSize.toBytes());
	}

	/**
	 * Check the size of a message to be sent.
	 * @param framing the framing
	 * @param size the size in bytes
	 * @throws OversizeFrameException if the message is larger than a frame may be
	 */
	public void checkSize(Framing framing, long size) {
		if (size > maxBytes() && framing.keepsBoundaries()) {
			throw new OversizeFrameException("A frame of " + size + " bytes is longer than " + maxBytes()
					+ ", the most that framing.max-size allows");
		}
	}

	@Override
	public FramingSettings check(SettingsCheck check) {
		check.size("framing.max-size", this.maxSize);
		check.size("framing.size", this.size);
		if (!Set.of(1, 2, 4).contains(this.lengthBytes)) {
			check.reject("framing.length-bytes", "is not a length that is known; accepted are 1, 2 and 4");
		}
		BuiltInFramings.Kind kind = BuiltInFramings.find(this.type);
		Set<String> used = (kind != null) ? kind.keys() : Set.of();
		if (used.contains("delimiter") && this.delimiter == null) {
			check.reject("framing.delimiter",
					"missing; framing.type delimiter needs what stands behind a frame, such as "
							+ "\";\", \"\\0\" or \"\\x1e\"");
		}
		if (used.contains("size") && this.size == null) {
			check.reject("framing.size", "missing; framing.type fixed needs the length of a frame in bytes");
		}
		if (kind != null) {
			checkUnused(check, check::isOwn, used);
		}
		if (used.contains("size") && this.size != null && this.size.compareTo(this.maxSize) > 0) {
			check.reject("framing.size",
					"is more than framing.max-size, " + this.maxSize.toBytes() + "B; accepted is that or less");
		}
		if (kind != null && check.reads("framing.type") && !check.isFaulty("framing")) {
			checkHeartbeat(check, kind.factory());
		}
		return this;
	}

	/**
	 * Check the keys that a bean does not read.
	 * @param problems takes the faults
	 * @param own whether the connection itself gives a key
	 */
	public static void checkBean(SpecProblems problems, Predicate<String> own) {
		checkUnused(problems, own, Set.of());
	}

	private static void checkUnused(SpecProblems problems, Predicate<String> own, Set<String> used) {
		for (String key : BuiltInFramings.keys()) {
			if (!used.contains(key) && own.test("framing." + key)) {
				problems.reject("framing." + key,
						"has no meaning but with framing.type " + String.join(" or ", BuiltInFramings.readers(key)));
			}
		}
	}

	private void checkHeartbeat(SettingsCheck check, Function<FramingSettings, Framing> factory) {
		HeartbeatSettings heartbeat = check.get(HeartbeatSettings.class);
		EscapedBytes payload = (heartbeat.interval() != null) ? heartbeat.payload() : null;
		if (payload == null) {
			return;
		}
		Framing framing = factory.apply(this);
		if (payload.length() == 0 && !framing.keepsBoundaries()) {
			check.reject("heartbeat.payload",
					"is empty, which framing.type " + this.type + " cannot send; accepted are one or more bytes");
			return;
		}
		try {
			checkSize(framing, payload.length());
			framing.encode(payload.getBytes());
		}
		catch (FrameException ex) {
			check.reject("heartbeat.payload", "does not fit a frame: " + ex.getMessage());
		}
	}

}
