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

package io.mooring.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runner for all interleavings of the steps of several actors. If each step is atomic,
 * such as a method that holds a lock, these are all possible interleavings of threads.
 *
 * @param <W> the type of the shared state
 */
public final class Interleavings<W> {

	private final Supplier<W> world;

	private final List<List<Step<W>>> actors = new ArrayList<>();

	private int count;

	public Interleavings(Supplier<W> world) {
		this.world = world;
	}

	/**
	 * Add an actor.
	 */
	@SafeVarargs
	@SuppressWarnings("varargs")
	public final Interleavings<W> actor(Step<W>... steps) {
		this.actors.add(List.of(steps));
		return this;
	}

	/**
	 * Run each order with its own state, and check the state at the end.
	 * @return the number of orders
	 */
	public int check(Consumer<W> check) {
		run(new ArrayList<>(), new int[this.actors.size()], check);
		return this.count;
	}

	private void run(List<Integer> order, int[] next, Consumer<W> check) {
		boolean over = true;
		for (int actor = 0; actor < next.length; actor++) {
			if (next[actor] < this.actors.get(actor).size()) {
				over = false;
				order.add(actor);
				next[actor]++;
				run(order, next, check);
				next[actor]--;
				order.remove(order.size() - 1);
			}
		}
		if (over) {
			this.count++;
			run(order, check);
		}
	}

	private void run(List<Integer> order, Consumer<W> check) {
		W world = this.world.get();
		int[] next = new int[this.actors.size()];
		try {
			for (int actor : order) {
				this.actors.get(actor).get(next[actor]++).run(world);
			}
			check.accept(world);
		}
		catch (Throwable ex) {
			throw new AssertionError("Failed in the order of actors " + order + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Atomic step of an actor.
	 *
	 * @param <W> the type of the shared state
	 */
	@FunctionalInterface
	public interface Step<W> {

		void run(W world) throws Exception;

	}

}
