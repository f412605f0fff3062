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

package io.mooring.benchmarks;

import java.util.List;

import io.mooring.benchmarks.agent.Contender;
import io.mooring.benchmarks.report.Metric;
import io.mooring.benchmarks.workload.Workload;

/**
 * A workload and the contenders to measure.
 *
 * @param family name of the table, as on the command line
 * @param name name in the table
 * @param workload the workload
 * @param measurement how it is measured
 * @param metrics columns of the table
 * @param contenders the contenders, in the order of the table
 */
record Row(String family, String name, Workload workload, Measurement measurement, List<Metric> metrics,
		List<Contender> contenders) {

}
