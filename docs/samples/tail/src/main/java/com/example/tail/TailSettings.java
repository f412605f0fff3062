package com.example.tail;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Following of a file.
 *
 * @param file path of the file
 * @param from position in the file at which reading begins
 * @param interval time between two looks at the file. If a duration suffix is not
 * specified, milliseconds are used
 */
@ConfigurationProperties("mooring.defaults.tail")
public record TailSettings(@Nullable String file, @DefaultValue("end") Position from,
		@DefaultValue("100ms") Duration interval) implements SettingsRules<TailSettings> {

	@Override
	public TailSettings check(SettingsCheck check) {
		if (this.file == null) {
			check.reject("tail.file", "missing; a connection of the type tail needs the path of its file");
		}
		check.positive("tail.interval", this.interval);
		return this;
	}

	/**
	 * Position in a file.
	 */
	public enum Position {

		/**
		 * Before the first byte.
		 */
		BEGIN,

		/**
		 * After the last byte.
		 */
		END

	}

}
