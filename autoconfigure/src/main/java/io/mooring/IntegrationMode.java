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

/**
 * Mode of the Spring Integration endpoints of a connection.
 */
public enum IntegrationMode {

	/**
	 * Channel adapters, inbound and outbound.
	 */
	ADAPTER,

	/**
	 * Gateway: a listener sends the result of the flow to the sender of the request; a
	 * client sends a request and waits for the reply.
	 */
	GATEWAY

}
