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

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Idle clients that send one frame.
 */
final class IdleClients implements Task {

	private final List<SocketChannel> clients = new ArrayList<>();

	IdleClients(Workload workload, String target) throws IOException {
		for (int index = 0; index < workload.count(); index++) {
			SocketChannel client = Sockets.connect(target);
			this.clients.add(client);
			Sockets.writeFully(client, Frames.of(workload).frame(Frames.payload(workload.size())));
		}
	}

	@Override
	public long count() {
		return this.clients.size();
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel client : this.clients) {
			client.close();
		}
	}

}
