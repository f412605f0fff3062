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
import java.net.DatagramSocket;
import java.net.InetAddress;

import io.mooring.benchmarks.workload.Task;

/**
 * Socket that is never read: the kernel discards datagrams that do not fit.
 */
final class DatagramSink implements Task {

	private final DatagramSocket socket;

	DatagramSink() throws IOException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
	}

	@Override
	public String address() {
		return String.valueOf(this.socket.getLocalPort());
	}

	@Override
	public long count() {
		return 0;
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
