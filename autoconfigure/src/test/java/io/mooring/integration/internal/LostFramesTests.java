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

package io.mooring.integration.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.integration.channel.DirectChannel;

import io.mooring.Connection;
import io.mooring.transport.internal.receive.StreamPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class LostFramesTests {

	@Test
	void anErrorOnTheErrorChannelDoesNotEndTheReports() {
		Connection connection = mock(Connection.class);
		given(connection.getName()).willReturn("feed");
		DirectChannel errors = new DirectChannel();
		List<Object> reported = new ArrayList<>();
		errors.subscribe((message) -> {
			reported.add(message);
			throw new LinkageError("in an error handler");
		});
		LostFrames lost = new LostFrames(connection, errors);
		StreamPeer peer = new StreamPeer("1", null, null);
		lost.lost(new byte[1], peer, new IOException());
		lost.lost(new byte[1], peer, new IOException());
		assertThat(reported).hasSize(2);
	}

}
