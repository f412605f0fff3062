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

package io.mooring.transport.settings;

import java.time.Duration;
import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.mooring.ConnectionType;

/**
 * Validation context for the settings of one connection. Keys are relative to
 * {@code mooring.connections.<name>}.
 */
public interface SettingsCheck extends SpecProblems {

	/**
	 * Return the type of the connection.
	 * @return the type
	 */
	ConnectionType type();

	/**
	 * Return other settings of the connection.
	 * @param <S> the type of the record
	 * @param settings the class of the record
	 * @return the settings as bound; those of later records are not checked yet
	 */
	<S> S get(Class<S> settings);

	/**
	 * Return the value of a key in any record.
	 * @param key the key
	 * @return the value, {@code null} if there is none
	 */
	@Nullable Object value(String key);

	/**
	 * Return whether the type supports a key.
	 * @param key the key
	 * @return whether the key is supported
	 */
	boolean reads(String key);

	/**
	 * Return whether a key is set by the connection itself, rather than by defaults.
	 * @param key the key, for a list with or without an index
	 * @return whether the connection sets the key
	 */
	boolean isOwn(String key);

	/**
	 * Return whether the connection itself sets a key to a blank value, which removes the
	 * default.
	 * @param key the key
	 * @return whether the connection clears the key
	 */
	boolean isBlank(String key);

	/**
	 * Return whether a key has been rejected.
	 * @param key the key
	 * @return whether the key has been rejected
	 */
	boolean isFaulty(String key);

	/**
	 * Return the key of a list element: that of the list if it was set as one
	 * comma-separated value.
	 * @param list the key of the list
	 * @param index the index of the element
	 * @return the key
	 */
	default String elementKey(String list, int index) {
		String element = list + "[" + index + "]";
		return isGiven(element) ? element : list;
	}

	/**
	 * Return whether a key is set, including by defaults.
	 * @param key the key
	 * @return whether the key is set
	 */
	boolean isGiven(String key);

	/**
	 * Suggest a similar known word.
	 * @param word the misspelt word
	 * @param known the known words
	 * @return a suggestion to append to a reason, empty if no known word is similar
	 */
	String suggestion(String word, Collection<String> known);

	/**
	 * Reject a duration that is not positive.
	 * @param key the key
	 * @param value the value
	 */
	default void positive(String key, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			reject(key, "is not positive; accepted are durations such as 500ms or 5s");
		}
	}

	/**
	 * Reject a number that is out of range.
	 * @param key the key
	 * @param value the value
	 * @param lowest the lowest value
	 * @param highest the highest value
	 * @param accepted the range in words
	 */
	default void between(String key, @Nullable Number value, double lowest, double highest, String accepted) {
		if (value != null && !(value.doubleValue() >= lowest && value.doubleValue() <= highest)) {
			reject(key, "is out of range; " + accepted);
		}
	}

	/**
	 * Reject a size that is not positive or exceeds an {@code int}.
	 * @param key the key
	 * @param value the value
	 */
	default void size(String key, @Nullable DataSize value) {
		between(key, (value != null) ? value.toBytes() : null, 1, Integer.MAX_VALUE, "accepted is 1B to 2047MB");
	}

}
