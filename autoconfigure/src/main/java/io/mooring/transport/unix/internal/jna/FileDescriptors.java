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

package io.mooring.transport.unix.internal.jna;

import java.io.FileDescriptor;
import java.util.Map;

import com.sun.jna.Function;
import com.sun.jna.JNIEnv;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * Access to the number of a {@link FileDescriptor}, which the JDK does not expose: read
 * with JNI, so that no package has to be opened on the command line. The indexes are
 * those of the function tables in the JNI specification, chapters 4 and 5.
 */
final class FileDescriptors {

	private static final int GET_ENV = 6;

	private static final int GET_FIELD_ID = 94;

	private static final int GET_INT_FIELD = 100;

	private static final int JNI_VERSION_1_8 = 0x00010008;

	private static final Map<String, ?> WITH_OBJECTS = Map.of(Library.OPTION_ALLOW_OBJECTS, true);

	private static final Pointer FUNCTIONS = functions();

	private static final Function GET_INT = function(FUNCTIONS, GET_INT_FIELD);

	private static final Object FIELD = field();

	private FileDescriptors() {
	}

	/**
	 * Return the number of a descriptor.
	 * @param descriptor the descriptor
	 * @return the number, -1 if it is closed
	 */
	static int number(FileDescriptor descriptor) {
		return (Integer) GET_INT.invoke(Integer.class, new Object[] { JNIEnv.CURRENT, descriptor, FIELD },
				WITH_OBJECTS);
	}

	private static Object field() {
		return function(FUNCTIONS, GET_FIELD_ID).invoke(Pointer.class,
				new Object[] { JNIEnv.CURRENT, FileDescriptor.class, "fd", "I" }, WITH_OBJECTS);
	}

	private static Pointer functions() {
		PointerByReference vm = new PointerByReference();
		createdVms().invokeInt(new Object[] { vm, 1, new IntByReference() });
		PointerByReference env = new PointerByReference();
		function(vm.getValue().getPointer(0), GET_ENV).invokeInt(new Object[] { vm.getValue(), env, JNI_VERSION_1_8 });
		return env.getValue().getPointer(0);
	}

	private static Function createdVms() {
		try {
			return NativeLibrary.getProcess().getFunction("JNI_GetCreatedJavaVMs");
		}
		catch (UnsatisfiedLinkError ex) {
			return NativeLibrary.getInstance("jvm").getFunction("JNI_GetCreatedJavaVMs");
		}
	}

	private static Function function(Pointer table, int index) {
		return Function.getFunction(table.getPointer((long) index * Native.POINTER_SIZE));
	}

}
