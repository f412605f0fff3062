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

package io.mooring.binding;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Process that lists the interfaces with few file descriptors left, from none on.
 */
public final class FewDescriptorsMain {

	private static final int MOST = 10;

	private FewDescriptorsMain() {
	}

	public static void main(String[] args) throws IOException {
		PrintStream output = System.out;
		NetworkInterfaces interfaces = NetworkInterfaces.system();
		List<InterfaceSnapshot> all = interfaces.list();
		Deque<FileInputStream> taken = new ArrayDeque<>();
		try {
			while (true) {
				taken.push(new FileInputStream("/dev/null"));
			}
		}
		catch (FileNotFoundException ex) {
			// Too many open files
		}
		for (int left = 0; left <= MOST; left++) {
			output.println(left + " left: " + outcome(interfaces, all));
			taken.pop().close();
		}
	}

	private static String outcome(NetworkInterfaces interfaces, List<InterfaceSnapshot> all) {
		try {
			List<InterfaceSnapshot> found = interfaces.list();
			return found.equals(all) ? "all" : "not all but " + found;
		}
		catch (UncheckedIOException ex) {
			return "none";
		}
	}

}
