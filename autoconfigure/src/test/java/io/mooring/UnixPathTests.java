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

package io.mooring;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class UnixPathTests {

	@Test
	void readsPathsAndAbstractNames() {
		UnixPath path = UnixPath.of("/run/é.sock");
		assertThat(path.isAbstract()).isFalse();
		assertThat(path.toBytes()).hasSize(12);
		assertThat(path.toFile()).isEqualTo(Path.of("/run/é.sock"));
		assertThat(path).hasToString("/run/é.sock").isEqualTo(UnixPath.of("/run/é.sock"));
		UnixPath name = UnixPath.of("@name");
		assertThat(name.isAbstract()).isTrue();
		assertThat(name.toBytes()).asString().isEqualTo("name");
		assertThat(name).hasToString("@name").isNotEqualTo(UnixPath.of("name"));
		assertThatIllegalStateException().isThrownBy(name::toFile).withMessageContaining("@name is an abstract name");
		assertThat(UnixPath.of("./@file")).hasToString("./@file");
	}

	@Test
	void writesWhatIsNoText() {
		byte[] bytes = "a\nb\0c".getBytes(StandardCharsets.US_ASCII);
		UnixPath name = UnixPath.of(bytes, true);
		bytes[0] = 'x';
		assertThat(name).hasToString("@a\\x0ab\\x00c");
		assertThat(UnixPath.of("@x".getBytes(StandardCharsets.US_ASCII), false)).hasToString("./@x");
	}

	@Test
	void refusesWhatIsNoAddress() {
		assertThatIllegalArgumentException().isThrownBy(() -> UnixPath.of("")).withMessageContaining("is empty");
		assertThatIllegalArgumentException().isThrownBy(() -> UnixPath.of("a\0b")).withMessageContaining("NUL");
		assertThatIllegalArgumentException().isThrownBy(() -> UnixPath.of("é".repeat(54)))
			.withMessage("has 108 bytes; the address of a Unix socket has at most 107");
		assertThat(UnixPath.of("x".repeat(107)).toBytes()).hasSize(107);
	}

	@Test
	void noNameIsSaidToBeNone() {
		assertThat(UnixPath.UNNAMED).isEqualTo(UnixPath.of(new byte[0], false)).hasToString("unnamed");
		assertThat(UnixPath.UNNAMED.isUnnamed()).isTrue();
		assertThat(UnixPath.of("@x").isUnnamed()).isFalse();
		assertThatIllegalStateException().isThrownBy(UnixPath.UNNAMED::toFile).withMessageContaining("has no file");
	}

}
