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

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.SerializationUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SharedHeaders}.
 */
class SharedHeadersTests {

	private final Map<String, Object> shared = Collections
		.unmodifiableMap(new HashMap<>(Map.of("port", 4242, "host", "127.0.0.1")));

	private final SharedHeaders headers = new SharedHeaders(this.shared);

	@Test
	void hasWhatIsSharedAndItsOwnIdAndTimestamp() {
		assertThat(this.headers.get("port")).isEqualTo(4242);
		assertThat(this.headers.get("host", String.class)).isEqualTo("127.0.0.1");
		assertThat(this.headers.get("none")).isNull();
		assertThat(this.headers.get(null)).isNull();
		assertThat(this.headers.containsKey("none")).isFalse();
		UUID id = this.headers.getId();
		assertThat(id).isNotNull().isEqualTo(this.headers.get(MessageHeaders.ID)).isEqualTo(this.headers.getId());
		assertThat(new SharedHeaders(this.shared).getId()).isNotEqualTo(id);
		assertThat(this.headers.getTimestamp()).isBetween(System.currentTimeMillis() - 60_000,
				System.currentTimeMillis());
		assertThatIllegalArgumentException().isThrownBy(() -> this.headers.get("port", String.class))
			.withMessageContaining("port");
	}

	@Test
	void isAWholeMap() {
		assertThat(this.headers).hasSize(4)
			.containsKeys("port", "host", MessageHeaders.ID, MessageHeaders.TIMESTAMP)
			.containsValue(4242)
			.isNotEmpty();
		assertThat(this.headers.keySet()).hasSize(4);
		assertThat(this.headers.values()).contains("127.0.0.1");
		assertThat(this.headers.equals(new MessageHeaders(this.shared))).isFalse();
		assertThat(this.headers.hashCode()).isEqualTo(new HashMap<>(this.headers).hashCode());
		assertThat(this.headers.toString()).contains("port=4242", "id=");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.headers.entrySet().clear());
		assertThat(this.shared).hasSize(2);
	}

	@Test
	void survivesBeingCopiedIntoAnotherMessage() {
		Message<String> message = new GenericMessage<>("payload", this.headers);
		Message<String> copy = MessageBuilder.fromMessage(message).setHeader("more", true).build();
		assertThat(copy.getHeaders()).containsEntry("port", 4242).containsEntry("more", true);
		assertThat(copy.getHeaders().getId()).isNotEqualTo(this.headers.getId());
	}

	@Test
	void isTheSameAfterSerialization() {
		Message<String> message = new GenericMessage<>("payload", this.headers);
		byte[] bytes = SerializationUtils.serialize(message);
		@SuppressWarnings("deprecation")
		Message<?> read = (Message<?>) SerializationUtils.deserialize(bytes);
		assertThat(read).isNotNull();
		assertThat(read.getHeaders()).isNotInstanceOf(SharedHeaders.class)
			.containsExactlyInAnyOrderEntriesOf(this.headers);
	}

}
