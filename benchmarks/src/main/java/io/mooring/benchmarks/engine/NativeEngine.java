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

package io.mooring.benchmarks.engine;

import java.nio.file.Files;

import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * Datagrams by {@code recvmmsg} and JNA.
 */
public final class NativeEngine implements Engine {

	@Override
	public Endpoint receive(Workload workload, MessageHandler consumer) throws Exception {
		String path = (workload.protocol() == Protocol.UDP) ? ""
				: Files.createTempDirectory("bench").resolve("socket").toString();
		NativeSocket socket = NativeSocket.bind(path, "credentials".equals(workload.variant()));
		boolean control = workload.protocol() == Protocol.UNIX_DATAGRAM && !"plain".equals(workload.variant());
		return new NativeReceiver(socket, path, control, consumer);
	}

}
