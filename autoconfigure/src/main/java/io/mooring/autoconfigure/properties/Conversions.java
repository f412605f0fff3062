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

package io.mooring.autoconfigure.properties;

import java.net.InetAddress;
import java.util.function.Function;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;

import io.mooring.UnixPath;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.IpSubnet;
import io.mooring.codec.Delimiter;
import io.mooring.codec.EscapedBytes;

/**
 * Conversion of values to the types of settings: those of Spring Boot, and ours. The
 * message of an exception is the reason why a value is refused.
 */
final class Conversions {

	static final ConversionService SERVICE = create();

	private Conversions() {
	}

	private static ConversionService create() {
		ApplicationConversionService service = new ApplicationConversionService();
		service.addConverter(String.class, IpSubnet.class, unlessBlank(IpSubnet::parse));
		service.addConverter(String.class, InetAddress.class, unlessBlank(Conversions::address));
		service.addConverter(String.class, UnixPath.class, unlessBlank(UnixPath::of));
		service.addConverter(String.class, EscapedBytes.class, EscapedBytes::parse);
		service.addConverter(String.class, Delimiter.class, optional(Delimiter::parse));
		return service;
	}

	// Converter allows null in its Javadoc only
	@SuppressWarnings("NullAway")
	private static <T> Converter<String, T> unlessBlank(Function<String, T> parse) {
		return (text) -> text.isBlank() ? null : parse.apply(text.strip());
	}

	@SuppressWarnings("NullAway")
	private static <T> Converter<String, T> optional(Function<String, T> parse) {
		return (text) -> text.isEmpty() ? null : parse.apply(text);
	}

	private static InetAddress address(String text) {
		InetAddress address = IpAddresses.parse(text);
		if (address == null) {
			throw new IllegalArgumentException("is not an address; accepted are literal ones, such as 192.168.1.7");
		}
		return address;
	}

}
