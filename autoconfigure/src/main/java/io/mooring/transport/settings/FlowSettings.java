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

package io.mooring.transport.settings;

import java.util.HashSet;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.mooring.Direction;

/**
 * Settings of the message flow: direction, interceptors and logging.
 *
 * @param direction direction in which messages may go
 * @param interceptors names of ConnectionInterceptor beans. The first one is nearest to
 * the network
 * @param wireLog whether to log sent and received bytes at INFO rather than DEBUG, as
 * "+log" in a URL does
 */
@ConfigurationProperties("mooring.defaults")
public record FlowSettings(@DefaultValue("both") Direction direction, @DefaultValue List<String> interceptors,
		@DefaultValue("false") boolean wireLog) implements SettingsRules<FlowSettings> {

	@Override
	public FlowSettings check(SettingsCheck check) {
		List<String> names = this.interceptors.stream().map(String::strip).toList();
		if (new HashSet<>(names).size() < names.size()) {
			check.reject(check.elementKey("interceptors", 0), "names an interceptor twice; drop one of them");
		}
		return new FlowSettings(this.direction, names, this.wireLog);
	}

}
