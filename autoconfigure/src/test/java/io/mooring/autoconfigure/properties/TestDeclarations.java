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

import io.mooring.ConnectionSpec;
import io.mooring.transport.datagram.internal.DatagramTransportFactory;
import io.mooring.transport.stream.internal.StreamTransportFactory;
import io.mooring.transport.unix.internal.UnixDatagramTransportFactory;

/**
 * Specs of declarations, for the tests of transports.
 */
public final class TestDeclarations {

	private TestDeclarations() {
	}

	/**
	 * Return the spec of a connection called ground that is declared by a URL.
	 */
	public static ConnectionSpec url(String url) {
		return new Declared()
			.transport(new DatagramTransportFactory(), new StreamTransportFactory(), new UnixDatagramTransportFactory())
			.declarations()
			.create("ground", url)
			.specs()
			.get(0);
	}

	/**
	 * Return the spec of a connection called ground that is declared by the lines below
	 * its name.
	 */
	public static ConnectionSpec yml(String... lines) {
		return Declared.ground(lines).spec();
	}

}
