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

package io.mooring.transport.unix;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the ancillary data of Unix datagrams.
 *
 * @param credentials whether to receive the credentials of the senders of Unix datagrams
 * @param descriptors whether to receive file descriptors with Unix datagrams
 * @param ancillarySize maximum size of the file descriptors and credentials of a Unix
 * datagram. If a size suffix is not specified, bytes are used
 */
@ConfigurationProperties("mooring.defaults.receive")
public record AncillarySettings(@DefaultValue("false") boolean credentials, @DefaultValue("false") boolean descriptors,
		@DefaultValue("8KB") DataSize ancillarySize) {

}
