package com.example.tail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class TailTests {

	@Test
	void receivesTheLinesOfAFile(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("log"), "one\ntwo\n");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.run("--mooring.connections.log.url=tail:" + file + "?tail.from=begin&framing.type=line")) {
			TailConnection log = context.getBean("log", TailConnection.class);
			assertThat(text(log)).isEqualTo("one");
			assertThat(text(log)).isEqualTo("two");
			Files.writeString(file, "three\n", StandardOpenOption.APPEND);
			assertThat(text(log)).isEqualTo("three");
		}
	}

	private static String text(TailConnection log) {
		TailMessage message = log.receive(Duration.ofSeconds(30));
		assertThat(message).isNotNull();
		return new String(message.payload(), StandardCharsets.UTF_8);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
