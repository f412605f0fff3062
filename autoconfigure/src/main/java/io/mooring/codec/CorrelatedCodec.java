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

package io.mooring.codec;

import org.jspecify.annotations.Nullable;

/**
 * A codec whose packets say which reply belongs to which request. Over a stream, the
 * gateway of a client then has any number of requests pending at a time.
 *
 * @param <T> the type of a packet
 */
public interface CorrelatedCodec<T> extends Codec<T> {

	/**
	 * Return the id that a request and its reply have in common.
	 * @param packet a request or a reply
	 * @return the id, with {@code equals} and {@code hashCode}; {@code null} for a packet
	 * that is neither
	 */
	@Nullable Object correlationId(T packet);

}
