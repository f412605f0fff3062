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
 * Context in which the settings of one connection are checked. Keys are those below
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
	 * @param <S> the record
	 * @param settings the class of the record
	 * @return the settings as bound; those of a record that comes later are not checked
	 * yet
	 */
	<S> S get(Class<S> settings);

	/**
	 * Return the value that a key has in whichever record.
	 * @param key the key
	 * @return the value, {@code null} if there is none
	 */
	@Nullable Object value(String key);

	/**
	 * Return whether the type reads a key.
	 * @param key the key
	 * @return whether it does
	 */
	boolean reads(String key);

	/**
	 * Return whether the connection itself gives a key, rather than the defaults.
	 * @param key the key, for a list with or without an index
	 * @return whether it does
	 */
	boolean isOwn(String key);

	/**
	 * Return whether the connection itself gives a key a blank value, which takes back
	 * that of the defaults.
	 * @param key the key
	 * @return whether it does
	 */
	boolean isBlank(String key);

	/**
	 * Return whether a key has been refused already.
	 * @param key the key
	 * @return whether it has
	 */
	boolean isFaulty(String key);

	/**
	 * Return the key under which an element of a list was given: the list's own if it was
	 * given as one value with commas.
	 * @param list the key of the list
	 * @param index the index of the element
	 * @return the key
	 */
	default String elementKey(String list, int index) {
		String element = list + "[" + index + "]";
		return isGiven(element) ? element : list;
	}

	/**
	 * Return whether anything gives a key, the defaults included.
	 * @param key the key
	 * @return whether anything does
	 */
	boolean isGiven(String key);

	/**
	 * Suggest the word that was probably meant.
	 * @param word the misspelt word
	 * @param known the words that are known
	 * @return a suggestion to append to a reason, empty if none is close
	 */
	String suggestion(String word, Collection<String> known);

	/**
	 * Refuse a duration that is not positive.
	 * @param key the key
	 * @param value the value
	 */
	default void positive(String key, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			reject(key, "is not positive; accepted are durations such as 500ms or 5s");
		}
	}

	/**
	 * Refuse a number out of a range.
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
	 * Refuse a size that is not positive, or that an {@code int} cannot hold.
	 * @param key the key
	 * @param value the value
	 */
	default void size(String key, @Nullable DataSize value) {
		between(key, (value != null) ? value.toBytes() : null, 1, Integer.MAX_VALUE, "accepted is 1B to 2047MB");
	}

}
