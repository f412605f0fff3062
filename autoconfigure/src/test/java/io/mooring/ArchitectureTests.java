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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the package dependencies in CONTRIBUTING.md. A part is a package with its
 * subpackages; each family of transports is a separate part.
 */
class ArchitectureTests {

	private static final String API = "io.mooring";

	private static final String BINDING = API + ".binding";

	private static final String CODEC = API + ".codec";

	private static final String TRANSPORT = API + ".transport";

	private static final String AUTOCONFIGURE = API + ".autoconfigure";

	private static final Set<String> TRANSPORTS = Set.of(TRANSPORT + ".stream", TRANSPORT + ".datagram",
			TRANSPORT + ".unix");

	private static final Set<String> AROUND_CONNECTIONS = Set.of(API + ".supervision", API + ".integration",
			API + ".health", API + ".metrics", API + ".actuate");

	/**
	 * Types of {@code io.mooring}, whose names are a contract with users.
	 */
	private static final int USER_TYPES = 36;

	/**
	 * Public types outside of {@code internal}: for users, for transports and codecs of
	 * others, and settings.
	 */
	private static final int PUBLIC_TYPES = 114;

	/**
	 * Packages whose purpose takes fewer than five types.
	 */
	private static final Set<String> SMALL = Set.of(API + ".health", API + ".integration", API + ".supervision",
			TRANSPORT + ".stream", TRANSPORT + ".datagram", TRANSPORT + ".unix", TRANSPORT + ".internal.binding",
			TRANSPORT + ".internal.concurrent", TRANSPORT + ".internal.log");

	/**
	 * Cycles that are larger than three types: not to grow.
	 */
	private static final Map<String, Integer> LARGE_CYCLES = Map.of(API, 9, CODEC, 5, API + ".integration.internal", 5,
			API + ".integration.ip", 6, TRANSPORT, 4, TRANSPORT + ".stream.internal.connection", 11,
			TRANSPORT + ".stream.internal.listener", 9);

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(API);

	@ParameterizedTest
	@MethodSource("parts")
	void partsSeeOnlyWhatTheyMay(String part) {
		onlySees(part, visibleFrom(part)).check(CLASSES);
	}

	@Test
	void theApiNeedsNeitherSpringBootNorNetty() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage(API, BINDING + "..", CODEC + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot..", "io.netty..")
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles().check(CLASSES);
	}

	@ParameterizedTest
	@MethodSource("packages")
	void packagesHaveFiveToTwentyFiveTypes(String name) {
		assertThat(types(name)).as(name)
			.hasSizeBetween(SMALL.contains(name) ? 1 : 5, API.equals(name) ? USER_TYPES : 25);
	}

	@ParameterizedTest
	@MethodSource("packages")
	void cyclesHaveAtMostThreeTypes(String name) {
		Map<String, Set<String>> uses = types(name).stream()
			.collect(Collectors.toMap(JavaClass::getName, (type) -> uses(type, name)));
		uses.keySet()
			.forEach((from) -> assertThat(cycle(from, uses))
				.hasSizeLessThanOrEqualTo(LARGE_CYCLES.getOrDefault(name, 3)));
	}

	@Test
	void typesArePublicForUsersOrInternal() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)
					&& !type.getPackageName().contains(".internal")))
			.hasSizeLessThanOrEqualTo(PUBLIC_TYPES);
	}

	@ParameterizedTest
	@MethodSource("packages")
	void packagesAreNullMarked(String name) {
		assertThat(CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class)).as(name).isTrue();
	}

	@Test
	void theRulesSeeTheClassesAndWhatTheyDependOn() {
		assertThat(CLASSES.contain(Connection.class)).isTrue();
		assertThat(parts()).contains(API, BINDING, CODEC, TRANSPORT, AUTOCONFIGURE, TRANSPORT + ".datagram");
		assertThat(onlySees(API, Set.of()).evaluate(CLASSES).getFailureReport().getDetails())
			.anyMatch((violation) -> violation.contains(CODEC));
		assertThat(onlySees(TRANSPORT, Set.of(BINDING, CODEC)).evaluate(CLASSES).hasViolation()).isTrue();
	}

	private static Set<JavaClass> types(String packageName) {
		return CLASSES.stream()
			.filter((type) -> type.isTopLevelClass() && type.getPackageName().equals(packageName)
					&& !type.getSimpleName().equals("package-info"))
			.collect(Collectors.toSet());
	}

	/**
	 * Return the types of a package that a type or one that is nested in it uses.
	 */
	private static Set<String> uses(JavaClass type, String packageName) {
		return CLASSES.stream()
			.filter((part) -> topLevel(part).equals(type.getName()))
			.flatMap((part) -> part.getDirectDependenciesFromSelf().stream())
			.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
			.filter((used) -> used.getPackageName().equals(packageName))
			.map(ArchitectureTests::topLevel)
			.filter((used) -> !used.equals(type.getName()))
			.collect(Collectors.toSet());
	}

	private static String topLevel(JavaClass type) {
		return type.getName().replaceFirst("\\$.*", "");
	}

	/**
	 * Return the types that a type uses, directly or not, and that use it.
	 */
	private static Set<String> cycle(String type, Map<String, Set<String>> uses) {
		return reachable(type, uses).stream()
			.filter((other) -> reachable(other, uses).contains(type))
			.collect(Collectors.toSet());
	}

	private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
		Set<String> found = new HashSet<>();
		Deque<String> open = new ArrayDeque<>(Set.of(from));
		while (!open.isEmpty()) {
			uses.get(open.remove()).stream().filter(found::add).forEach(open::add);
		}
		return found;
	}

	static Stream<String> parts() {
		return packages().map(ArchitectureTests::part).distinct();
	}

	static Stream<String> packages() {
		return CLASSES.stream().map(JavaClass::getPackageName).distinct().sorted();
	}

	private static Set<String> visibleFrom(String part) {
		if (part.equals(BINDING) || part.equals(CODEC)) {
			return Set.of();
		}
		if (part.equals(API)) {
			return Set.of(BINDING, CODEC);
		}
		if (part.equals(TRANSPORT)) {
			return Set.of(API, BINDING, CODEC);
		}
		if (TRANSPORTS.contains(part) || AROUND_CONNECTIONS.contains(part)) {
			return Set.of(API, BINDING, CODEC, TRANSPORT);
		}
		assertThat(part).as("a part that the architecture knows").isEqualTo(AUTOCONFIGURE);
		return parts().collect(Collectors.toSet());
	}

	private static ArchRule onlySees(String part, Set<String> visible) {
		return ArchRuleDefinition.classes()
			.that(DescribedPredicate.describe("belong to " + part, (type) -> isPartOf(type, part)))
			.should()
			.onlyDependOnClassesThat(DescribedPredicate.describe("belong to " + visible + " or are not ours",
					(type) -> !isOurs(type) || isPartOf(type, part) || visible.contains(part(type.getPackageName()))));
	}

	private static boolean isPartOf(JavaClass type, String part) {
		return isOurs(type) && part(type.getPackageName()).equals(part);
	}

	private static boolean isOurs(JavaClass type) {
		return (type.getPackageName() + ".").startsWith(API + ".");
	}

	private static String part(String packageName) {
		String transport = firstNames(packageName, 4);
		return TRANSPORTS.contains(transport) ? transport : firstNames(packageName, 3);
	}

	private static String firstNames(String packageName, int count) {
		return Stream.of(packageName.split("\\.")).limit(count).collect(Collectors.joining("."));
	}

	private static final class PackageSlices implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return SliceIdentifier.of(type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
