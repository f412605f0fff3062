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

package io.mooring.autoconfigure.shutdown;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * Process for {@link RestartTests} that starts and stops {@link EveryType} repeatedly,
 * and prints leaked resources.
 */
public final class RestartMain {

	private static final Duration SOON = Duration.ofSeconds(30);

	private RestartMain() {
	}

	public static void main(String[] args) throws Exception {
		Path folder = Path.of(args[0]);
		if (args[1].equals("both")) {
			both(folder);
		}
		else if (args[1].equals("count")) {
			count(folder, Integer.parseInt(args[2]));
		}
		else {
			load(folder, args[2], Integer.parseInt(args[3]));
		}
		// The process terminates, unless a thread keeps it alive
		System.out.println("done");
	}

	/**
	 * Stop one application while the other continues, which then uses all connections.
	 */
	private static void both(Path folder) throws Exception {
		Path other = Files.createDirectory(folder.resolve("other"));
		for (String file : List.of("ca.crt", "tls.crt", "tls.key")) {
			Files.copy(folder.resolve(file), other.resolve(file));
		}
		AutoCloseable first = new EveryType().apply(folder);
		AutoCloseable second = new EveryType().apply(other);
		first.close();
		AutoCloseable third = new EveryType().apply(folder);
		second.close();
		third.close();
	}

	private static void count(Path folder, int restarts) throws Exception {
		restart(folder, 3);
		Figures before = Figures.settled(null);
		Set<String> files = files(folder);
		restart(folder, restarts);
		Figures after = Figures.settled(before);
		System.out.println("before: " + before);
		System.out.println("after: " + after);
		System.out.println(
				"threads=" + after.threads().stream().filter((thread) -> !before.threads().contains(thread)).toList());
		System.out.println("descriptors=" + (after.descriptors() - before.descriptors()));
		System.out.println("heap=" + (after.heap() - before.heap()) / 1024);
		System.out.println("files=" + files(folder).equals(files));
	}

	private static void restart(Path folder, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			new EveryType().apply(folder).close();
		}
	}

	private static Set<String> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
		}
	}

	/**
	 * Run in class loaders that reload classes with a prefix, and check that they are
	 * collected. Before and after, run without one: singletons of the JDK and libraries
	 * (Spring Boot's shutdown hook and shared converters, constant exceptions of cglib
	 * and Netty, whose stack traces name their callers) retain the first class loader,
	 * and a cache with one entry (the method handle with which JDK 17 compares record
	 * components) the last.
	 */
	private static void load(Path folder, String prefix, int times) throws Exception {
		restart(folder, 1);
		List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			loaders.add(loadOnce(folder, prefix));
		}
		restart(folder, 1);
		try {
			await().atMost(SOON).until(() -> {
				System.gc();
				return loaders.stream().allMatch((loader) -> loader.get() == null);
			});
		}
		catch (ConditionTimeoutException ex) {
			System.out.println("Some stay");
		}
		finally {
			System.out.println("loaders=" + loaders.stream().filter((loader) -> loader.get() != null).count());
			Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getContextClassLoader() instanceof Anew)
				.forEach((thread) -> System.out.println(thread + " has one"));
		}
	}

	private static WeakReference<ClassLoader> loadOnce(Path folder, String prefix) throws Exception {
		Anew loader = new Anew(prefix);
		Thread thread = new Thread(() -> run(loader, folder), "restartedMain");
		thread.setContextClassLoader(loader);
		thread.start();
		thread.join();
		loader.close();
		return new WeakReference<>(loader);
	}

	@SuppressWarnings("unchecked")
	private static void run(ClassLoader loader, Path folder) {
		try {
			Class<?> type = loader.loadClass(EveryType.class.getName());
			if (type == EveryType.class) {
				throw new IllegalStateException("It is not loaded anew");
			}
			((Function<Path, AutoCloseable>) type.getConstructor().newInstance()).apply(folder).close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * As in the developer tools: the reloaded classes take precedence over those of the
	 * parent.
	 */
	private static final class Anew extends URLClassLoader {

		private final String prefix;

		Anew(String prefix) throws MalformedURLException {
			super(directories(), RestartMain.class.getClassLoader());
			this.prefix = prefix;
		}

		private static URL[] directories() throws MalformedURLException {
			return Stream.of(System.getProperty("java.class.path").split(":"))
				.filter((entry) -> Files.isDirectory(Path.of(entry)))
				.map(Anew::url)
				.toArray(URL[]::new);
		}

		private static URL url(String directory) {
			try {
				return Path.of(directory).toUri().toURL();
			}
			catch (MalformedURLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith(this.prefix)) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : findClass(name);
			}
		}

	}

	/**
	 * Resources of the process.
	 */
	private record Figures(Set<String> threads, long descriptors, long heap) {

		/**
		 * Measure after cached threads have terminated.
		 */
		static Figures settled(Figures limit) {
			Figures[] last = new Figures[1];
			try {
				await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> {
					Figures now = now();
					Figures before = (limit != null) ? limit : last[0];
					last[0] = now;
					return before != null && before.threads.containsAll(now.threads)
							&& now.descriptors <= before.descriptors;
				});
			}
			catch (ConditionTimeoutException ex) {
				System.out.println("They do not settle");
			}
			return last[0];
		}

		private static Figures now() {
			System.gc();
			Set<String> threads = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> !thread.getName().startsWith("awaitility"))
				// A thread of the JDK, which is started on demand
				.filter((thread) -> !thread.getName().equals("process reaper"))
				.map((thread) -> thread.getName() + "#" + thread.getId())
				.collect(Collectors.toCollection(TreeSet::new));
			String[] descriptors = Path.of("/proc/self/fd").toFile().list();
			Runtime runtime = Runtime.getRuntime();
			return new Figures(threads, (descriptors != null) ? descriptors.length : 0,
					runtime.totalMemory() - runtime.freeMemory());
		}

	}

}
