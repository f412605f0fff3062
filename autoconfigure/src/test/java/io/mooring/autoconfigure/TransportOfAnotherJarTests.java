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

package io.mooring.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.util.FileCopyUtils;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.Connections;
import io.mooring.DropReason;
import io.mooring.MessageConnection;
import io.mooring.codec.Framing;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A transport and a framing of another jar: the sample {@code docs/samples/tail},
 * compiled here against the classes of this module and found on a class path of its own.
 */
@Timeout(120)
class TransportOfAnotherJarTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final Path SAMPLE = Path.of("../docs/samples/tail/src/main");

	@TempDir
	private static Path classes;

	private static URLClassLoader jar;

	@TempDir
	private Path directory;

	private final BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();

	@BeforeAll
	static void compile() throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-classpath",
				Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
					.filter((entry) -> !entry.endsWith("test-classes"))
					.collect(Collectors.joining(File.pathSeparator)),
				"-processor",
				"org.springframework.boot.configurationprocessor.ConfigurationMetadataAnnotationProcessor"));
		try (Stream<Path> sources = Files.walk(SAMPLE.resolve("java"))) {
			sources.map(Path::toString).filter((source) -> source.endsWith(".java")).forEach(arguments::add);
		}
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, errors, errors, arguments.toArray(String[]::new)))
			.as("%s", errors)
			.isZero();
		jar = new URLClassLoader(
				new URL[] { classes.toUri().toURL(), SAMPLE.resolve("resources").toRealPath().toUri().toURL() },
				TransportOfAnotherJarTests.class.getClassLoader());
	}

	@AfterAll
	static void close() throws IOException {
		jar.close();
	}

	private ApplicationContextRunner tail(Path file, String... keys) {
		return MooringRunner.withChannels()
			.withClassLoader(jar)
			.withPropertyValues("mooring.connections.log.url=tail:" + file)
			.withPropertyValues(Stream.of(keys).map((key) -> "mooring.connections.log." + key).toArray(String[]::new))
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("log.in").handle(this.received::add).get())
			.withBean("crcFrames", Framing.class, TransportOfAnotherJarTests::crcFraming);
	}

	private static Framing crcFraming() {
		try {
			return (Framing) jar.loadClass("com.example.tail.CrcFraming").getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Path file(byte[] content) throws IOException {
		return Files.write(this.directory.resolve("log"), content);
	}

	private Message<?> next() throws InterruptedException {
		Message<?> message = this.received.poll(30, TimeUnit.SECONDS);
		assertThat(message).isNotNull();
		return message;
	}

	@Test
	void itsMessagesArriveWithItsHeaders() throws IOException {
		Path file = file("before\none\n".getBytes(StandardCharsets.UTF_8));
		tail(file, "tail.from=begin", "framing.type=line", "codec=string").run((context) -> {
			assertThat(context.getBean("log")).isInstanceOf(jar.loadClass("com.example.tail.TailConnection"));
			assertThat(next().getPayload()).isEqualTo("before");
			assertThat(next().getPayload()).isEqualTo("one");
			Files.writeString(file, "two\n", StandardOpenOption.APPEND);
			Message<?> message = next();
			assertThat(message.getPayload()).isEqualTo("two");
			assertThat(message.getHeaders()).containsEntry("tail_number", 3L)
				.containsEntry("mooring_connection", "log");
			Connection log = context.getBean("log", Connection.class);
			assertThat(log.getStatistics().received()).isEqualTo(3);
			assertThat(log.getStatistics().dropped(DropReason.CONSUMER)).isZero();
			log.close();
			assertThat(log.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		});
	}

	@Test
	void itsFilesAreFramedByABeanOfThatJar() throws IOException {
		Path file = file(crcFraming().encode("one".getBytes(StandardCharsets.UTF_8)));
		tail(file, "tail.from=begin", "framing.type=crc-frames", "codec=string")
			.run((context) -> assertThat(next().getPayload()).isEqualTo("one"));
	}

	@Test
	void itsKeysAreCheckedLikeAnyOther() {
		tail(Path.of("/x"), "tail.interval=0s", "port=9").run((context) -> assertThat(context).getFailure()
			.hasMessageContaining(
					"mooring.connections.log.tail.interval: \"0s\" is not positive; accepted are durations")
			.hasMessageContaining("mooring.connections.log.port: \"9\" does not apply to the type tail, which takes "
					+ "framing, tail and what all types take"));
		tail(Path.of("/x"), "tail.intervall=1s").run((context) -> assertThat(context).getFailure()
			.hasMessageContaining("mooring.connections.log.tail.intervall")
			.hasMessageContaining("did you mean tail.interval?"));
		tail(Path.of("/x"), "tail.from=middle").run((context) -> assertThat(context).getFailure()
			.hasMessageContaining(
					"mooring.connections.log.tail.from: \"middle\" is not accepted; one of begin, end is"));
		tail(Path.of("")).run((context) -> assertThat(context).getFailure()
			.hasMessageContaining("tail.file: missing; a connection of the type tail needs the path of its file"));
		MooringRunner.withChannels()
			.withClassLoader(jar)
			.withPropertyValues("mooring.connections.log.url=tails:/x")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("did you mean tail?"));
	}

	@Test
	void itsConnectionsAreDeclaredAtRunTime() throws IOException {
		Path file = file("one\n".getBytes(StandardCharsets.UTF_8));
		tail(file, "framing.type=line").run((context) -> {
			Connections connections = context.getBean(Connections.class);
			MessageConnection<?> late = (MessageConnection<?>) connections.declare("late",
					"tail:" + file + "?tail.from=begin&framing.type=line");
			assertThat(late.receive(SOON)).isNotNull().extracting("number").isEqualTo(1L);
			assertThat(connections.remove("late")).isTrue();
			assertThat(late.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		});
	}

	@Test
	void aFileThatIsMissingIsOpenedWhenItIsThere() {
		Path file = this.directory.resolve("later");
		tail(file, "framing.type=line", "tail.from=begin", "startup=background").run((context) -> {
			Connection log = context.getBean("log", Connection.class);
			await().untilAsserted(() -> assertThat(log.getStatus().lastError()).hasMessageContaining("later"));
			Files.writeString(file, "one\n");
			assertThat(log.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		});
	}

	@Test
	void theMetadataOfThatJarDescribesItsKeys() throws IOException {
		String metadata = FileCopyUtils
			.copyToString(Files.newBufferedReader(classes.resolve("META-INF/spring-configuration-metadata.json")));
		assertThat(metadata).contains("\"name\": \"mooring.defaults.tail.interval\"",
				"\"description\": \"time between two looks at the file. If a duration suffix is not specified, "
						+ "milliseconds are used\"",
				"\"defaultValue\": \"100ms\"");
	}

}
