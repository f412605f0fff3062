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

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.mooring.benchmarks.agent.AgentProcess;
import io.mooring.benchmarks.agent.Contender;
import io.mooring.benchmarks.report.Metric;
import io.mooring.benchmarks.workload.Workload;

/**
 * {@link Measurement} of the highest rate without datagram loss: doubles the rate until
 * loss occurs twice in a row, then bisects the interval.
 */
final class Lossless implements Measurement {

	private static final int FIRST_RATE = 50_000;

	private static final int HALVINGS = 2;

	@Override
	public Map<Metric, Double> measure(Session session, Contender contender, Workload workload) throws Exception {
		AgentProcess subject = session.contender(contender);
		String address = subject.open(workload, "-");
		Map<Metric, Double> best = new EnumMap<>(Metric.class);
		best.put(Metric.RATE, 0.0);
		int low = 0;
		int high = 0;
		int rate = FIRST_RATE;
		for (int halvings = 0; halvings <= (session.isSmoke() ? 0 : HALVINGS);) {
			Step step = new Step(session, subject, workload.withRate(rate), address);
			if (step.run() || step.run()) {
				low = rate;
				if (step.rate > best.get(Metric.RATE)) {
					best = step.samples();
				}
				if (step.rate < rate * 0.9) {
					break;
				}
			}
			else {
				high = rate;
			}
			halvings += (high > 0) ? 1 : 0;
			rate = (high > 0) ? (low + high) / 2 : 2 * rate;
		}
		subject.closeTask();
		return best;
	}

	/**
	 * One rate.
	 */
	private static final class Step {

		private final Session session;

		private final AgentProcess subject;

		private final Workload workload;

		private final String address;

		private double rate;

		private double cpu;

		private double busy;

		Step(Session session, AgentProcess subject, Workload workload, String address) {
			this.session = session;
			this.subject = subject;
			this.workload = workload;
			this.address = address;
		}

		boolean run() throws Exception {
			AgentProcess peer = this.session.peer();
			Map<String, Double> before = this.subject.figures();
			peer.open(this.workload, this.address);
			Map<String, Double> begin = peer.figures();
			TimeUnit.MILLISECONDS.sleep(this.session.isSmoke() ? 20 : 150);
			Map<String, Double> end = peer.stop();
			peer.closeTask();
			Map<String, Double> after = settled();
			Flow.requireNothingWrong(after);
			double received = Flow.difference(before, after, "count");
			this.rate = Flow.difference(begin, end, "count") / Flow.difference(begin, end, "nanos") * 1e9;
			this.cpu = Flow.difference(before, after, "cpu") / received / 1000;
			this.busy = Flow.busy(begin, end);
			return received == end.get("count");
		}

		private Map<String, Double> settled() throws InterruptedException {
			Map<String, Double> last = this.subject.figures();
			while (true) {
				TimeUnit.MILLISECONDS.sleep(30);
				Map<String, Double> next = this.subject.figures();
				if (next.get("count").equals(last.get("count"))) {
					return next;
				}
				last = next;
			}
		}

		Map<Metric, Double> samples() {
			Map<Metric, Double> samples = new EnumMap<>(Metric.class);
			samples.put(Metric.RATE, this.rate);
			samples.put(Metric.CPU, this.cpu);
			samples.put(Metric.PEER, this.busy);
			return samples;
		}

	}

}
