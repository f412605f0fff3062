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

package io.mooring.benchmarks.report;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StatisticsTests {

	@Test
	void takesTheMiddleValueAsMedian() {
		assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
		assertThat(Statistics.median(1, 9, 3, 5)).isEqualTo(4);
	}

	@Test
	void leavesTheValuesInTheirOrder() {
		double[] values = { 3, 1, 2 };
		Statistics.median(values);
		assertThat(values).containsExactly(3, 1, 2);
	}

	@Test
	void givesTheSpreadInPercentOfTheMedian() {
		assertThat(Statistics.spread(110, 100, 90)).isEqualTo(10);
		assertThat(Statistics.spread(7)).isZero();
		assertThat(Statistics.spread(0, 0)).isZero();
	}

	@Test
	void takesTheSmallestValueThatTheShareDoesNotExceed() {
		double[] values = IntStream.rangeClosed(1, 200).map((value) -> 201 - value).asDoubleStream().toArray();
		assertThat(Statistics.percentile(values, 50)).isEqualTo(100);
		assertThat(Statistics.percentile(values, 99)).isEqualTo(198);
		assertThat(Statistics.percentile(values, 100)).isEqualTo(200);
		assertThat(Statistics.percentile(new double[] { 4 }, 1)).isEqualTo(4);
	}

	@Test
	void refusesToDescribeNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> Statistics.median());
	}

}
