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

package io.mooring.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;

/**
 * Flow that prints the messages received on the connection {@code syslog}.
 */
@Configuration(proxyBeanMethods = false)
class SyslogFlow {

	private static final Logger logger = LoggerFactory.getLogger(SyslogFlow.class);

	@Bean
	IntegrationFlow printSyslog() {
		return IntegrationFlow.from("syslog.in")
			.transform(byte[].class, SyslogParser::parse)
			.handle((message) -> logger.info("{}", message.getPayload()))
			.get();
	}

}
