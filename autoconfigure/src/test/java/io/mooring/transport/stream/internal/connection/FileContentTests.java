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

package io.mooring.transport.stream.internal.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a file is written.
 */
class FileContentTests {

	@TempDir
	private Path directory;

	private FileContent open(int size) throws IOException {
		byte[] bytes = new byte[size];
		for (int i = 0; i < size; i++) {
			bytes[i] = (byte) i;
		}
		return FileContent.open(Files.write(this.directory.resolve("file"), bytes));
	}

	@Test
	void theKernelTakesTheBytesWhereNothingHasToSeeThem() throws Exception {
		FileContent content = open(300_000);
		FileContent.Part part = content.next(new EmbeddedChannel());
		assertThat(part.content()).isInstanceOfSatisfying(FileRegion.class, (region) -> {
			assertThat(region.position()).isZero();
			assertThat(region.count()).isEqualTo(part.length()).isEqualTo(256 * 1024);
			region.release();
		});
		content.moveTo(part.length());
		assertThat(content.isAtEnd()).isFalse();
		FileContent.Part rest = content.next(new EmbeddedChannel());
		assertThat(rest.length()).isEqualTo(300_000 - 256 * 1024);
		content.end(null);
		content.await();
	}

	@Test
	void theBytesAreReadWhereTheyAreToBeEncrypted() throws Exception {
		EmbeddedChannel channel = new EmbeddedChannel(new SslHandler(SSLContext.getDefault().createSSLEngine()));
		FileContent content = open(100_000);
		int position = 0;
		while (!content.isAtEnd()) {
			FileContent.Part part = content.next(channel);
			ByteBuf bytes = (ByteBuf) part.content();
			assertThat(bytes.readableBytes()).isEqualTo(part.length());
			for (int i = 0; i < part.length(); i++) {
				assertThat(bytes.getByte(i)).isEqualTo((byte) (position + i));
			}
			bytes.release();
			position += part.length();
			content.moveTo(position);
		}
		assertThat(position).isEqualTo(100_000);
		content.end(null);
		channel.finishAndReleaseAll();
	}

	@Test
	void whoWaitsIsToldHowFarItCame() throws Exception {
		FileContent content = open(1000);
		content.moveTo(400);
		content.end(new IOException("enough"));
		assertThatExceptionOfType(IOException.class).isThrownBy(content::await)
			.withMessage("lost after 400 of 1000 bytes: enough");
	}

}
