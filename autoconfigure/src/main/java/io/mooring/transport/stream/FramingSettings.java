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

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.mooring.codec.Delimiter;
import io.mooring.codec.EscapedBytes;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Delimitation of messages in a byte stream.
 *
 * @param type how frames are told from each other
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
public record FramingSettings(@DefaultValue("raw") Framing.Type type, @DefaultValue("4") int lengthBytes,
		@Nullable Delimiter delimiter, @Nullable DataSize size,
		@DefaultValue("64KB") DataSize maxSize) implements SettingsRules<FramingSettings> {

	/**
	 * Create the settings of a framing.
	 * @param framing the framing
	 * @return the settings
	 */
	public static FramingSettings of(Framing framing) {
		return new FramingSettings(framing.type(), framing.lengthBytes(), framing.delimiter(),
				(framing.size() != 0) ? DataSize.ofBytes(framing.size()) : null, DataSize.ofBytes(framing.maxSize()));
	}

	/**
	 * Return the framing.
	 * @return the framing
	 */
	public Framing framing() {
		return new Framing(this.type, this.lengthBytes, this.delimiter,
				(this.size != null) ? Math.toIntExact(this.size.toBytes()) : 0,
				Math.toIntExact(this.maxSize.toBytes()));
	}

	@Override
	public FramingSettings check(SettingsCheck check) {
		check.size("framing.max-size", this.maxSize);
		check.size("framing.size", this.size);
		if (!Set.of(1, 2, 4).contains(this.lengthBytes)) {
			check.reject("framing.length-bytes", "is not a length that is known; accepted are 1, 2 and 4");
		}
		if (this.type == Framing.Type.DELIMITER && this.delimiter == null) {
			check.reject("framing.delimiter",
					"missing; framing.type delimiter needs what stands behind a frame, such as "
							+ "\";\", \"\\0\" or \"\\x1e\"");
		}
		if (this.type == Framing.Type.FIXED && this.size == null) {
			check.reject("framing.size", "missing; framing.type fixed needs the length of a frame in bytes");
		}
		boolean counted = isUsed(check, "framing.length-bytes", Framing.Type.LENGTH);
		boolean delimited = isUsed(check, "framing.delimiter", Framing.Type.DELIMITER);
		boolean fixed = isUsed(check, "framing.size", Framing.Type.FIXED);
		if (fixed && this.size != null && this.size.compareTo(this.maxSize) > 0) {
			check.reject("framing.size",
					"is more than framing.max-size, " + this.maxSize.toBytes() + "B; accepted is that or less");
		}
		FramingSettings used = new FramingSettings(this.type, counted ? this.lengthBytes : 4,
				delimited ? this.delimiter : null, fixed ? this.size : null, this.maxSize);
		used.checkHeartbeat(check);
		return used;
	}

	private boolean isUsed(SettingsCheck check, String key, Framing.Type its) {
		if (this.type != its && !check.isFaulty("framing.type") && check.isOwn(key)) {
			check.reject(key, "has no meaning but with framing.type " + its.name().toLowerCase(Locale.ROOT));
		}
		return this.type == its;
	}

	private void checkHeartbeat(SettingsCheck check) {
		HeartbeatSettings heartbeat = check.get(HeartbeatSettings.class);
		EscapedBytes payload = (heartbeat.interval() != null) ? heartbeat.payload() : null;
		if (payload == null || !check.reads("framing.type") || check.isFaulty("framing")) {
			return;
		}
		if (payload.length() == 0 && this.type == Framing.Type.RAW) {
			check.reject("heartbeat.payload",
					"is empty, which framing.type raw cannot send; accepted are one or more bytes");
			return;
		}
		try {
			framing().encode(payload.getBytes());
		}
		catch (FrameException ex) {
			check.reject("heartbeat.payload", "does not fit a frame: " + ex.getMessage());
		}
	}

}
