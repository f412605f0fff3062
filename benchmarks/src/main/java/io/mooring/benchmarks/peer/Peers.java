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

package io.mooring.benchmarks.peer;

import io.mooring.benchmarks.workload.Counter;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Factory for the peers of workloads.
 */
public final class Peers {

	private Peers() {
	}

	/**
	 * Open the peer of a workload.
	 * @param workload the workload
	 * @param target port or path of the contender, {@code -} if the contender connects
	 * @param counter number of messages that the contender received
	 * @return the peer
	 * @throws Exception if the peer cannot be opened
	 */
	public static Task open(Workload workload, String target, Counter counter) throws Exception {
		return switch (workload.kind()) {
			case RECEIVE -> workload.protocol().isDatagram() ? new DatagramSender(workload, target, counter)
					: new StreamSender(workload, target);
			case SEND -> (workload.protocol() == Protocol.UDP) ? new DatagramSink() : new StreamSink(workload);
			case ANSWER, ANSWER_BY_GATEWAY -> new RequestingClient(workload, target);
			case REQUEST -> new EchoServer(workload);
			case HOLD -> new IdleClients(workload, target);
			case START, HEALTH -> throw new IllegalArgumentException(workload + " has no peer");
		};
	}

}
