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

package io.mooring.benchmarks.workload;

/**
 * Kind of workload, from the view of the contender.
 */
public enum Kind {

	/**
	 * Receive frames or datagrams from one peer that sends as fast as possible.
	 */
	RECEIVE,

	/**
	 * Send frames or datagrams to one peer.
	 */
	SEND,

	/**
	 * Reply to the requests of one peer with two channel adapters.
	 */
	ANSWER,

	/**
	 * Reply to the requests of one peer with a gateway.
	 */
	ANSWER_BY_GATEWAY,

	/**
	 * Send requests to a peer with a gateway.
	 */
	REQUEST,

	/**
	 * Hold idle clients.
	 */
	HOLD,

	/**
	 * Start an application with connections.
	 */
	START,

	/**
	 * Request the health of an application with connections.
	 */
	HEALTH;

	/**
	 * Return whether the contender opens a socket before the peer does.
	 * @return false if the contender connects to the peer
	 */
	public boolean isServer() {
		return this != SEND && this != REQUEST;
	}

	/**
	 * Return whether the contender, and not the peer, sends first.
	 * @return true if the contender drives the work
	 */
	public boolean isDriver() {
		return !isServer();
	}

}
