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

package io.mooring.transport.stream;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

import io.mooring.ConnectionType;
import io.mooring.StreamListener;
import io.mooring.UnixPath;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.AbstractListenerContractTests;
import io.mooring.transport.Peer;

class UnixListenContractTests extends AbstractListenerContractTests {

	@TempDir
	private Path directory;

	@Override
	public ConnectionType type() {
		return ConnectionType.UNIX_LISTEN;
	}

	@Override
	protected SpecBuilder spec(String name) {
		return UnixSpecs.listener(name, this.directory.resolve(name + ".sock"));
	}

	@Override
	protected Peer newPeer(StreamListener listener) throws IOException {
		return UnixPeerSocket.connect(((UnixPath) listener.getLocalAddress()).toFile());
	}

}
