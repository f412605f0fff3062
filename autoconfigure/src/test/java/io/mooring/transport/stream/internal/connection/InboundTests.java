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

package io.mooring.transport.stream.internal.connection;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.embedded.EmbeddedChannel;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;

import io.mooring.test.Interleavings;
import io.mooring.test.ManualExecutor;
import io.mooring.transport.internal.receive.StreamPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class InboundTests {

	private final World world = new World();

	@Test
	void handsOnFramesAndTheEndInOrder() {
		this.world.add(1, 2);
		this.world.add(3);
		this.world.end();
		assertThat(this.world.executor.size()).isEqualTo(1);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1", "2", "3", "end");
		assertThat(this.world.inbound.isEmpty()).isTrue();
		assertThat(this.world.inbound.isWaitingForPeer()).isTrue();
	}

	@Test
	void framesOfASocketThatIsNotThatOfTheConnectionYetWait() {
		World world = new World(false);
		world.inbound.begin(world.socket);
		world.add(1);
		assertThat(world.executor.size()).isZero();
		world.inbound.read(world.socket);
		world.executor.runAll();
		assertThat(world.handedOn).containsExactly("opened", "1");
	}

	@Test
	void framesOfASocketThatNeverBecameThatOfTheConnectionAreForgotten() {
		World world = new World(false);
		world.inbound.add(World.socket(new EmbeddedChannel()), List.of(new byte[] { 9 }));
		world.add(1);
		world.inbound.read(world.socket);
		world.executor.runAll();
		assertThat(world.handedOn).containsExactly("1");
	}

	@Test
	void goesOnWithTheFrameForWhichThereWasNoRoom() {
		this.world.room = 1;
		this.world.add(1, 2, 3);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1");
		this.world.makeRoom();
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1", "2", "3");
		assertThat(this.world.begun).isEqualTo(3);
	}

	@Test
	void roomThatComesWhileTheFrameIsRefusedIsNotMissed() {
		this.world.room = 0;
		this.world.onRefused = this.world::makeRoom;
		this.world.add(1);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1");
	}

	@Test
	void handsOnNothingWhilePaused() {
		this.world.pause();
		this.world.add(1);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).isEmpty();
		assertThat(this.world.socket.isReading()).isFalse();
		this.world.resume();
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1");
		assertThat(this.world.socket.isReading()).isTrue();
	}

	@Test
	void readsNoMoreWhileTooMuchWaits() {
		assertThat(this.world.socket.isReading()).isTrue();
		this.world.inbound.add(this.world.socket, List.of(new byte[100 * 1024]));
		assertThat(this.world.socket.isReading()).isTrue();
		this.world.inbound.add(this.world.socket, List.of(new byte[28 * 1024]));
		assertThat(this.world.socket.isReading()).isFalse();
		this.world.executor.runAll();
		assertThat(this.world.socket.isReading()).isTrue();
	}

	@Test
	void readsOnceFarLessWaits() {
		this.world.room = 1;
		this.world.inbound.add(this.world.socket, List.of(new byte[60 * 1024]));
		this.world.inbound.add(this.world.socket, List.of(new byte[70 * 1024]));
		this.world.executor.runAll();
		assertThat(this.world.handedOn).hasSize(1);
		assertThat(this.world.socket.isReading()).isFalse();
		this.world.makeRoom();
		this.world.executor.runAll();
		assertThat(this.world.socket.isReading()).isTrue();
	}

	@Test
	void reasonsNotToReadAddUp() {
		this.world.inbound.suspend(true);
		this.world.inbound.stopReading();
		this.world.inbound.suspend(false);
		assertThat(this.world.socket.isReading()).isFalse();
		assertThat(this.world.inbound.isWaitingForPeer()).isFalse();
		this.world.inbound.startReading();
		assertThat(this.world.socket.isReading()).isTrue();
	}

	@Test
	void whatWaitsIsDiscardedAndCounted() {
		this.world.add(1, 2);
		this.world.add(3);
		this.world.inbound.discard();
		this.world.executor.runAll();
		assertThat(this.world.handedOn).isEmpty();
		assertThat(this.world.begun + this.world.unseen).isEqualTo(3);
		assertThat(this.world.discarded).isEqualTo(3);
		this.world.add(4);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("4");
	}

	@Test
	void whatAConsumerIsAtIsNotDiscarded() {
		this.world.onHandedOn = (frame) -> {
			if (frame[0] == 1) {
				this.world.inbound.discard();
				assertThat(this.world.inbound.isDiscarding()).isTrue();
			}
		};
		this.world.add(1, 2, 3);
		this.world.add(4);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1");
		assertThat(this.world.discarded).isEqualTo(3);
		this.world.add(5);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1", "5");
	}

	@Test
	void theThreadThatHandsOnDoesNotWaitForItself() {
		this.world.onHandedOn = (frame) -> {
			assertThat(this.world.inbound.isHandingOn()).isTrue();
			this.world.inbound.awaitEmpty(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
		};
		this.world.add(1);
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1");
		assertThat(this.world.inbound.isHandingOn()).isFalse();
	}

	@Test
	void waitsUntilWhatWasReadIsHandedOn() throws InterruptedException {
		this.world.add(1);
		Thread waiting = new Thread(
				() -> this.world.inbound.awaitEmpty(System.nanoTime() + TimeUnit.SECONDS.toNanos(10)));
		waiting.start();
		this.world.executor.runAll();
		waiting.join(5_000);
		assertThat(waiting.isAlive()).isFalse();
	}

	@Test
	void whatAnEndedExecutorRefusesStaysThere() {
		World world = new World((task) -> {
			throw new RejectedExecutionException();
		});
		world.add(1);
		assertThat(world.inbound.isEmpty()).isFalse();
		world.inbound.discard();
		assertThat(world.discarded).isEqualTo(1);
	}

	@Test
	void framesAreHandedOnLaterIfThereWasNoThreadForThem() {
		List<Runnable> tasks = new ArrayList<>();
		World world = new World((task) -> {
			tasks.add(task);
			if (tasks.size() == 1) {
				throw new OutOfMemoryError("unable to create native thread");
			}
		});
		world.add(1);
		EmbeddedChannel channel = world.channel;
		channel.advanceTimeBy(1, TimeUnit.SECONDS);
		channel.runScheduledPendingTasks();
		assertThat(tasks).hasSize(2);
		tasks.get(1).run();
		assertThat(world.handedOn).containsExactly("1");
	}

	@Test
	void anErrorLosesTheFramesOfOneReadAndCountsThem() {
		this.world.onHandedOn = (frame) -> {
			if (frame[0] == 2) {
				throw new OutOfMemoryError();
			}
		};
		this.world.add(1, 2, 3);
		this.world.add(4);
		this.world.end();
		this.world.executor.runAll();
		assertThat(this.world.handedOn).containsExactly("1", "2", "4", "end");
		assertThat(this.world.discarded).isEqualTo(1);
		assertThat(this.world.inbound.isEmpty()).isTrue();
		assertThat(this.world.inbound.isWaitingForPeer()).isTrue();
	}

	@Test
	void everyFrameIsHandedOnOrDiscardedInOrder() {
		int count = new Interleavings<>(World::new)
			.actor((world) -> world.add(1, 2), (world) -> world.add(3), World::end)
			.actor(World::pause, World::resume, World::makeRoom)
			.actor(World::runNext, World::runNext)
			.actor((world) -> world.inbound.discard())
			.check(World::check);
		assertThat(count).isEqualTo(5040);
	}

	@Test
	void waitsForFramesThatAnotherThreadHoldsUp() throws InterruptedException {
		this.world.room = 0;
		this.world.heldUp = true;
		this.world.add(1);
		this.world.executor.runAll();
		Thread waiting = new Thread(
				() -> this.world.inbound.awaitEmpty(System.nanoTime() + TimeUnit.SECONDS.toNanos(30)));
		waiting.start();
		await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
		this.world.heldUp = false;
		this.world.makeRoom();
		this.world.executor.runAll();
		waiting.join(10_000);
		assertThat(waiting.isAlive()).isFalse();
		assertThat(this.world.handedOn).containsExactly("1");
	}

	@Test
	void withoutDiscardingEveryFrameIsHandedOn() {
		new Interleavings<>(World::new).actor((world) -> world.add(1, 2), (world) -> world.add(3), World::end)
			.actor(World::pause, World::resume)
			.actor((world) -> world.room = 1, World::makeRoom)
			.actor(World::runNext, World::runNext)
			.check((world) -> {
				world.executor.runAll();
				assertThat(world.handedOn).containsExactly("1", "2", "3", "end");
			});
	}

	private static final class World implements InboundConsumer {

		private final ManualExecutor executor = new ManualExecutor();

		private final Inbound inbound;

		private final EmbeddedChannel channel = new EmbeddedChannel();

		private final StreamSocket socket = socket(this.channel);

		private final List<String> handedOn = new ArrayList<>();

		private Consumer<byte[]> onHandedOn = (frame) -> {
		};

		private Runnable onRefused = () -> {
		};

		private int room = Integer.MAX_VALUE;

		private boolean paused;

		private volatile boolean heldUp;

		private int begun;

		private int unseen;

		private int discarded;

		World() {
			this(true);
		}

		World(boolean open) {
			this.inbound = new Inbound(this, this.executor, LogFactory.getLog(InboundTests.class));
			if (open) {
				this.inbound.read(this.socket);
			}
		}

		World(Executor executor) {
			this.inbound = new Inbound(this, executor, LogFactory.getLog(InboundTests.class));
			this.inbound.read(this.socket);
		}

		static StreamSocket socket(EmbeddedChannel channel) {
			channel.config().setAutoRead(false);
			return new StreamSocket(channel, new StreamPeer("1", null, null), new FrameWriter(channel, 1, null), null,
					System::nanoTime);
		}

		void add(int... frames) {
			List<byte[]> list = new ArrayList<>();
			for (int frame : frames) {
				list.add(new byte[] { (byte) frame });
			}
			this.inbound.add(this.socket, list);
		}

		void end() {
			this.inbound.end(this.socket, new EOFException());
		}

		void pause() {
			this.paused = true;
			this.inbound.resume();
		}

		void resume() {
			this.paused = false;
			this.inbound.resume();
		}

		void makeRoom() {
			this.room = Integer.MAX_VALUE;
			this.inbound.resume();
		}

		void runNext() {
			this.executor.runNext();
		}

		void check() {
			this.executor.runAll();
			assertThat(this.begun + this.unseen).isEqualTo(3);
			long frames = this.handedOn.stream().filter((name) -> name.matches("\\d")).count();
			assertThat(frames + this.discarded).isEqualTo(3);
			assertThat(this.handedOn).isSorted();
			assertThat(this.inbound.isEmpty()).isTrue();
		}

		@Override
		public boolean isHeldUp() {
			return this.heldUp;
		}

		@Override
		public boolean isPaused() {
			return this.paused;
		}

		@Override
		public void opened(StreamSocket socket) {
			this.handedOn.add("opened");
		}

		@Override
		public List<byte[]> begin(StreamSocket socket, List<byte[]> frames, long bytes) {
			this.begun += frames.size();
			return frames;
		}

		@Override
		public int take(StreamSocket socket, List<byte[]> frames, int from) {
			int next = from;
			while (next < frames.size() && !this.paused && !this.inbound.isDiscarding()) {
				if (this.room == 0) {
					this.onRefused.run();
					return next;
				}
				byte[] frame = frames.get(next++);
				this.room--;
				this.inbound.inHand(frame);
				this.handedOn.add(String.valueOf(frame[0]));
				this.onHandedOn.accept(frame);
			}
			return next;
		}

		@Override
		public void discardedUnseen(int frames, long bytes) {
			this.unseen += frames;
		}

		@Override
		public void discarded(int frames) {
			this.discarded += frames;
		}

		@Override
		public void end(StreamSocket socket, Throwable cause) {
			this.handedOn.add("end");
		}

	}

}
