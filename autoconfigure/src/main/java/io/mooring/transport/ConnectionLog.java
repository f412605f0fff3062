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

package io.mooring.transport;

import org.apache.commons.logging.Log;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.StartupMode;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.settings.StartupSettings;

/**
 * Log of the state of a connection: one INFO when it opens, one WARN when it is lost or
 * cannot be opened, one INFO when it is re-established; retries at DEBUG. Used by the
 * mailbox of the connection.
 */
final class ConnectionLog {

	private final Log logger;

	private final boolean quiet;

	private boolean opened;

	private boolean warned;

	/**
	 * Create a log.
	 * @param logger the logger
	 * @param quiet whether to log everything at DEBUG
	 */
	ConnectionLog(Log logger, boolean quiet) {
		this.logger = logger;
		this.quiet = quiet;
	}

	void opened(ConnectionType type, Endpoint endpoint) {
		StringBuilder text = new StringBuilder(this.opened ? "Open again: " : "Open: ");
		text.append(type).append(" on ").append(Addresses.toString(endpoint.getLocalAddress()));
		if (endpoint.getInterfaceName() != null) {
			text.append(" (").append(endpoint.getInterfaceName()).append(')');
		}
		if (endpoint.getRemoteAddress() != null) {
			text.append(" to ").append(Addresses.toString(endpoint.getRemoteAddress()));
		}
		if (this.quiet) {
			this.logger.debug(text);
		}
		else {
			this.logger.info(text);
		}
		this.opened = true;
		this.warned = false;
	}

	void failed(ConnectionSpec spec, Throwable cause, boolean again) {
		String text = "Cannot open " + spec.type() + ": " + Errors.describe(cause);
		if (!again || this.opened || spec.get(StartupSettings.class).mode() != StartupMode.FAIL_FAST) {
			// Otherwise the application is probably about to stop
			text += outlook(again);
		}
		if (!this.quiet && (!this.warned || !again)) {
			this.logger.warn(text);
		}
		else {
			this.logger.debug(text);
		}
		this.logger.trace(text, cause);
		this.warned = true;
	}

	void lost(Throwable cause, boolean again) {
		String text = "Lost: " + Errors.describe(cause) + outlook(again);
		if (this.quiet) {
			this.logger.debug(text);
		}
		else {
			this.logger.warn(text);
		}
		this.warned = true;
	}

	void closed() {
		this.logger.debug("Closed");
		this.warned = false;
	}

	void closingFailed(Throwable cause) {
		this.logger.debug("Error while closing", cause);
	}

	private static String outlook(boolean again) {
		return again ? "; trying again" : "; given up";
	}

}
