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

package io.mooring.transport.internal.log;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Log of the bytes of a connection, {@code io.mooring.wire.<name>}: at DEBUG, with
 * {@code +log} at INFO.
 */
public final class WireLog {

	private static final int MAX_BYTES = 1024;

	private final Log logger;

	private final boolean info;

	public WireLog(String name, boolean info) {
		this.logger = LogFactory.getLog("io.mooring.wire." + name);
		this.info = info;
	}

	/**
	 * Log received bytes.
	 * @param bytes the bytes
	 * @param sender the sender
	 */
	public void received(byte[] bytes, @Nullable SocketAddress sender) {
		log("<-", bytes, sender);
	}

	/**
	 * Log sent bytes.
	 * @param bytes the bytes
	 * @param recipient the recipient
	 */
	public void sent(byte[] bytes, @Nullable SocketAddress recipient) {
		log("->", bytes, recipient);
	}

	private void log(String arrow, byte[] bytes, @Nullable SocketAddress peer) {
		if (this.info && this.logger.isInfoEnabled()) {
			this.logger.info(describe(arrow, bytes, peer));
		}
		else if (!this.info && this.logger.isDebugEnabled()) {
			this.logger.debug(describe(arrow, bytes, peer));
		}
	}

	private static String describe(String arrow, byte[] bytes, @Nullable SocketAddress peer) {
		byte[] shown = (bytes.length > MAX_BYTES) ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
		// Control characters could forge lines of the log
		String text = new String(shown, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]", ".");
		return arrow + " " + Addresses.toString(peer) + " " + bytes.length + " B " + HexFormat.of().formatHex(shown)
				+ " |" + text + "|" + ((shown != bytes) ? " (cut)" : "");
	}

}
