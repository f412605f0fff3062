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

import java.util.Collection;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds what a misspelt word was probably meant to be.
 */
final class Suggestion {

	private Suggestion() {
	}

	/**
	 * Return "; did you mean x?", or nothing where no candidate is close.
	 */
	static String among(String word, Collection<String> candidates) {
		String closest = closest(word, candidates);
		return (closest != null) ? "; did you mean " + closest + "?" : "";
	}

	static @Nullable String closest(String word, Collection<String> candidates) {
		String lower = word.toLowerCase(Locale.ROOT);
		int limit = Math.min(3, lower.length() / 3 + 1);
		String closest = null;
		for (String candidate : candidates) {
			int distance = candidate.endsWith("." + lower) ? 0 : distance(lower, candidate);
			if (distance < limit) {
				closest = candidate;
				limit = distance;
			}
		}
		return closest;
	}

	/**
	 * Count the characters to insert, remove, replace, or swap with the next.
	 */
	private static int distance(String left, String right) {
		int[][] distances = new int[left.length() + 1][right.length() + 1];
		for (int i = 0; i <= left.length(); i++) {
			for (int j = 0; j <= right.length(); j++) {
				distances[i][j] = (i == 0 || j == 0) ? i + j : step(distances, left, i, right, j);
			}
		}
		return distances[left.length()][right.length()];
	}

	private static int step(int[][] distances, String left, int i, String right, int j) {
		int cost = (left.charAt(i - 1) != right.charAt(j - 1)) ? 1 : 0;
		int least = Math.min(distances[i - 1][j - 1] + cost, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
		boolean swapped = i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
				&& left.charAt(i - 2) == right.charAt(j - 1);
		return swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
	}

}
