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

package io.mooring.transport.stream.internal.channel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.channel.ChannelException;
import org.springframework.core.NestedExceptionUtils;

import io.mooring.binding.IpAddresses;
import io.mooring.transport.internal.log.Errors;

/**
 * Netty's exceptions in the words of the system: without the function and the number that
 * its native transport, and without the address that all of it, adds.
 */
public final class Failures {

	private static final Pattern NATIVE = Pattern.compile("\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): (.*)");

	private static final String NO_NETWORK = "Network is unreachable";

	private static final int ANY_PORT = 9;

	private Failures() {
	}

	public static String describe(Throwable failure) {
		// The cause of one that names the address does not; one that names the class of a
		// channel has several
		Throwable plain = (failure instanceof ChannelException) ? NestedExceptionUtils.getMostSpecificCause(failure)
				: Objects.requireNonNullElse(failure.getCause(), failure);
		if (plain instanceof FileNotFoundException) {
			return "No such file or directory";
		}
		String text = Errors.describe(plain);
		Matcher matcher = NATIVE.matcher(text);
		return matcher.matches() ? matcher.group(1) : text;
	}

	public static Throwable plain(Throwable failure) {
		return (failure instanceof IOException && NATIVE.matcher(Errors.describe(failure)).matches())
				? new IOException(describe(failure), failure) : failure;
	}

	/**
	 * Say of an attempt to connect whether the network cannot be reached (ENETUNREACH),
	 * which the own routes decide, or nothing answers for the host (EHOSTUNREACH).
	 * Netty's native transport has one exception without a message for both.
	 * @param failure why it failed
	 * @param remote the address
	 * @return a {@link ConnectException} where there is no route, else what failed
	 */
	public static Throwable toConnect(Throwable failure, InetSocketAddress remote) {
		if (!(failure instanceof NoRouteToHostException) && !describe(failure).contains(NO_NETWORK)) {
			return failure;
		}
		return isRouted(remote.getAddress()) ? new NoRouteToHostException("No route to host")
				: new ConnectException(NO_NETWORK);
	}

	private static boolean isRouted(InetAddress address) {
		try (DatagramChannel probe = DatagramChannel.open(IpAddresses.family(address))) {
			// Sends nothing: asks the routing table
			probe.connect(new InetSocketAddress(address, ANY_PORT));
			return true;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return !describe(ex).contains(NO_NETWORK);
		}
	}

}
