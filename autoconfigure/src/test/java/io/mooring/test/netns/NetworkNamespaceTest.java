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

package io.mooring.test.netns;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import io.mooring.test.RequiresTools;

/**
 * Test class that runs in its own network namespace, connected to a peer namespace by two
 * pairs of virtual Ethernet interfaces. Needs root and iproute2, see
 * {@link RequiresTools}.
 * <p>
 * The class runs once more in a JVM inside the namespace. There its constructor, fields,
 * {@code @BeforeAll}, {@code @BeforeEach}, tests and so on run as usual; the ordinary
 * test JVM runs none of them and only reports what became of each test method, including
 * those of nested classes and each invocation of a parameterized or repeated test. What
 * other extensions do in their callbacks happens in both, and {@code @TestFactory}
 * methods are refused. Choosing single methods runs the whole class inside.
 * <p>
 * Methods and constructors may take a {@link NetworkNamespaces} parameter. What a test
 * changes with {@code ip} is put back after it, and the processes that it started end
 * with it; what a {@code @BeforeAll} method starts ends with the class.
 * <p>
 * Tests of a class that is annotated with {@code @Execution(CONCURRENT)} run at the same
 * time, inside. They must not use {@code ip} but on a {@link Wire} of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("netns")
@RequiresTools(value = "ip", root = true)
@ExtendWith(NetworkNamespaceExtension.class)
public @interface NetworkNamespaceTest {

	/**
	 * Addresses of {@value NetworkNamespaces#INTERFACE}.
	 */
	String[] addresses() default { NetworkNamespaces.ADDRESS + "/24", NetworkNamespaces.ADDRESS6 + "/64" };

	/**
	 * Addresses of {@value NetworkNamespaces#PEER_INTERFACE}, the other end of
	 * {@value NetworkNamespaces#INTERFACE}.
	 */
	String[] peerAddresses() default { NetworkNamespaces.PEER_ADDRESS + "/24",
			NetworkNamespaces.PEER_ADDRESS6 + "/64" };

	/**
	 * Addresses of {@value NetworkNamespaces#SECOND_INTERFACE}.
	 */
	String[] secondAddresses() default { NetworkNamespaces.SECOND_ADDRESS + "/24",
			NetworkNamespaces.SECOND_ADDRESS6 + "/64" };

	/**
	 * Addresses of {@value NetworkNamespaces#SECOND_PEER_INTERFACE}, the other end of
	 * {@value NetworkNamespaces#SECOND_INTERFACE}.
	 */
	String[] secondPeerAddresses() default { NetworkNamespaces.SECOND_PEER_ADDRESS + "/24",
			NetworkNamespaces.SECOND_PEER_ADDRESS6 + "/64" };

	/**
	 * Further arguments of the JVM inside.
	 */
	String[] jvmArguments() default {};

	/**
	 * Seconds after which the JVM inside is ended, with a thread dump in its output.
	 */
	int timeout() default 300;

}
