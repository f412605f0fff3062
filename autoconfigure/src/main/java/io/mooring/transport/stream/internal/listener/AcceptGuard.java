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

package io.mooring.transport.stream.internal.listener;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import org.apache.commons.logging.Log;

import io.mooring.transport.internal.log.RateLimitedLog;
import io.mooring.transport.stream.internal.channel.Failures;

/**
 * Keeps a listening socket going that cannot accept, as when the process has no file
 * descriptor left (EMFILE and others, accept(2)). Clients wait in the backlog of the
 * kernel, and are accepted as soon as it is possible again. A socket with clients that
 * wait stays readable: it rests after a failure, for it would be tried without end.
 * <p>
 * What Netty does about it by itself would make a paused listener accept.
 */
final class AcceptGuard extends ChannelInboundHandlerAdapter {

	/**
	 * How long a socket rests.
	 */
	static final long REST_MILLIS = 1000;

	private static final AttributeKey<AcceptGuard> KEY = AttributeKey.valueOf(AcceptGuard.class.getName());

	private final RateLimitedLog log;

	private final Log logger;

	private final Consumer<IOException> failures;

	// Linked now: a class that lies in a directory takes a descriptor to load
	private final Function<Throwable, String> description = Failures::describe;

	private boolean accepting;

	private boolean resting;

	private boolean warned;

	/**
	 * Create a guard for one channel.
	 * @param log logs the failures
	 * @param logger tells when it is over
	 * @param failures takes what fails, on the event loop
	 */
	AcceptGuard(RateLimitedLog log, Log logger, Consumer<IOException> failures) {
		this.log = log;
		this.logger = logger;
		this.failures = failures;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		context.channel().attr(KEY).set(this);
	}

	/**
	 * Say whether a channel with a guard is to accept clients.
	 */
	static void setAccepting(Channel channel, BooleanSupplier accepting) {
		channel.attr(KEY).get().accept(channel, accepting);
	}

	private synchronized void accept(Channel channel, BooleanSupplier accepting) {
		// Under the lock, so that the last to ask decides
		this.accepting = accepting.getAsBoolean();
		if (!this.resting) {
			channel.config().setAutoRead(this.accepting);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		rest(context);
		String text = "Cannot accept clients: " + this.description.apply(cause);
		this.warned |= this.log.warn(() -> text + "; they wait, and it is tried again every second");
		this.failures.accept(new IOException(text, cause));
	}

	private synchronized void rest(ChannelHandlerContext context) {
		if (!this.resting) {
			this.resting = true;
			context.channel().config().setAutoRead(false);
			context.executor().schedule(() -> resume(context), REST_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private synchronized void resume(ChannelHandlerContext context) {
		this.resting = false;
		if (context.channel().isOpen()) {
			context.channel().config().setAutoRead(this.accepting);
			context.executor().schedule(this::conclude, REST_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private synchronized void conclude() {
		if (!this.resting && this.warned) {
			this.warned = false;
			this.logger.info("Clients can be accepted again");
		}
	}

}
