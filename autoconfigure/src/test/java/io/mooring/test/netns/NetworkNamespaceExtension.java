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

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.objenesis.SpringObjenesis;

/**
 * Extension that, outside, runs the class in a namespace and reports its outcomes and,
 * inside, manages the interfaces.
 */
class NetworkNamespaceExtension
		implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, InvocationInterceptor, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(NetworkNamespaceExtension.class);

	private static final SpringObjenesis OBJENESIS = new SpringObjenesis();

	@Override
	public void beforeAll(ExtensionContext context) {
		if (NamespacePair.isInside()) {
			topology(context).restore();
		}
		else {
			run(context);
		}
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (NamespacePair.isInside()) {
			NetworkNamespaces namespaces = store(context).remove(context.getUniqueId(), NetworkNamespaces.class);
			if (namespaces != null) {
				namespaces.close();
			}
			topology(context).restore();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws Exception {
		NamespaceRun run = store(context).get(NamespaceRun.class, NamespaceRun.class);
		if (run != null) {
			run.rethrowOwn(context.getUniqueId());
		}
	}

	@Override
	public <T> T interceptTestClassConstructor(Invocation<T> invocation,
			ReflectiveInvocationContext<Constructor<T>> invocationContext, ExtensionContext context) throws Throwable {
		if (NamespacePair.isInside()) {
			return invocation.proceed();
		}
		invocation.skip();
		return OBJENESIS.newInstance(invocationContext.getExecutable().getDeclaringClass());
	}

	@Override
	public void interceptBeforeAllMethod(Invocation<Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		proceedInside(invocation);
	}

	@Override
	public void interceptBeforeEachMethod(Invocation<Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		proceedInside(invocation);
	}

	@Override
	public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> invocationContext,
			ExtensionContext context) throws Throwable {
		if (!proceedInside(invocation)) {
			run(context).rethrow(context.getUniqueId());
		}
	}

	@Override
	public void interceptTestTemplateMethod(Invocation<Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		interceptTestMethod(invocation, invocationContext, context);
	}

	@Override
	public <T> T interceptTestFactoryMethod(Invocation<T> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) {
		invocation.skip();
		throw new UnsupportedOperationException("A @NetworkNamespaceTest cannot have a @TestFactory");
	}

	@Override
	public void interceptAfterEachMethod(Invocation<Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		proceedInside(invocation);
	}

	@Override
	public void interceptAfterAllMethod(Invocation<Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		proceedInside(invocation);
	}

	@Override
	public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
		return ExtensionContextScope.TEST_METHOD;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext context) {
		return parameterContext.getParameter().getType() == NetworkNamespaces.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameterContext, ExtensionContext context) {
		return (NamespacePair.isInside()) ? store(context).computeIfAbsent(context.getUniqueId(),
				(id) -> new NetworkNamespaces(topology(context)), NetworkNamespaces.class) : null;
	}

	private static boolean proceedInside(Invocation<Void> invocation) throws Throwable {
		if (NamespacePair.isInside()) {
			invocation.proceed();
			return true;
		}
		invocation.skip();
		return false;
	}

	private static NamespaceRun run(ExtensionContext context) {
		return store(context).computeIfAbsent(NamespaceRun.class,
				(type) -> NamespaceRun.of(context.getRequiredTestClass(), settings(context)), NamespaceRun.class);
	}

	private static Topology topology(ExtensionContext context) {
		return store(context).computeIfAbsent(Topology.class,
				(type) -> new Topology(settings(context), NamespacePair.inside().peer()), Topology.class);
	}

	private static NetworkNamespaceTest settings(ExtensionContext context) {
		return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), NetworkNamespaceTest.class)
			.orElseThrow();
	}

	private static ExtensionContext.Store store(ExtensionContext context) {
		return context.getStore(NAMESPACE);
	}

}
