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

import java.io.FileDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Ancillary data of a Unix datagram: file descriptors and credentials. Immutable.
 * <p>
 * The recipient gets duplicates of the descriptors. The caller remains responsible for
 * the originals and keeps them open until the datagram is sent.
 */
public final class Ancillary {

	/**
	 * Empty ancillary data.
	 */
	public static final Ancillary NONE = new Ancillary(List.of(), null);

	/**
	 * Maximum number of descriptors in one datagram (SCM_MAX_FD, unix(7)).
	 */
	public static final int MAX_DESCRIPTORS = 253;

	private final List<Object> descriptors;

	private final @Nullable PeerCredentials credentials;

	private Ancillary(List<Object> descriptors, @Nullable PeerCredentials credentials) {
		this.descriptors = descriptors;
		this.credentials = credentials;
	}

	/**
	 * Create ancillary data from descriptors of the JDK, such as {@code stream.getFD()}.
	 * @param descriptors the descriptors
	 * @return ancillary data with these descriptors and without credentials
	 */
	public static Ancillary ofDescriptors(FileDescriptor... descriptors) {
		return ofDescriptors(Arrays.asList(descriptors));
	}

	/**
	 * Create ancillary data that forwards received descriptors.
	 * @param descriptors the descriptors, which must be open; they are not closed
	 * @return ancillary data with these descriptors and without credentials
	 */
	public static Ancillary ofDescriptors(ReceivedDescriptor... descriptors) {
		return ofDescriptors(Arrays.asList(descriptors));
	}

	/**
	 * Create ancillary data from descriptors of native code.
	 * @param numbers the descriptor numbers
	 * @return ancillary data with these descriptors and without credentials
	 */
	public static Ancillary ofDescriptors(int... numbers) {
		return ofDescriptors(Arrays.stream(numbers).boxed().toList());
	}

	/**
	 * Create ancillary data from descriptors of any kind.
	 * @param descriptors the descriptors, each a {@link FileDescriptor},
	 * {@link ReceivedDescriptor} or {@link Integer}
	 * @return ancillary data with these descriptors and without credentials
	 * @throws IllegalArgumentException if an element is of another type, or there are
	 * more than {@link #MAX_DESCRIPTORS}
	 */
	public static Ancillary ofDescriptors(Collection<?> descriptors) {
		for (Object descriptor : descriptors) {
			if (!(descriptor instanceof FileDescriptor || descriptor instanceof ReceivedDescriptor
					|| descriptor instanceof Integer)) {
				throw new IllegalArgumentException("Unsupported descriptor " + descriptor
						+ "; accepted are java.io.FileDescriptor, ReceivedDescriptor and Integer");
			}
		}
		if (descriptors.size() > MAX_DESCRIPTORS) {
			throw new IllegalArgumentException(
					descriptors.size() + " descriptors exceed the maximum of " + MAX_DESCRIPTORS + " per datagram");
		}
		return new Ancillary(Collections.unmodifiableList(new ArrayList<>(descriptors)), null);
	}

	/**
	 * Return a copy with credentials. The kernel checks them: an unprivileged process may
	 * only send its own.
	 * @param pid the process ID
	 * @param uid the user ID
	 * @param gid the group ID
	 * @return ancillary data with the same descriptors and these credentials
	 */
	public Ancillary withCredentials(long pid, long uid, long gid) {
		return withCredentials(new PeerCredentials(pid, uid, gid));
	}

	/**
	 * Return a copy with credentials. The kernel checks them: an unprivileged process may
	 * only send its own.
	 * @param credentials the credentials
	 * @return ancillary data with the same descriptors and these credentials
	 */
	public Ancillary withCredentials(PeerCredentials credentials) {
		return new Ancillary(this.descriptors, credentials);
	}

	/**
	 * Return the descriptors.
	 * @return an unmodifiable list of {@link FileDescriptor}, {@link ReceivedDescriptor}
	 * and {@link Integer}
	 */
	public List<Object> getDescriptors() {
		return this.descriptors;
	}

	/**
	 * Return the credentials.
	 * @return the credentials, {@code null} to let the kernel add those of this process
	 * if the recipient requests them
	 */
	public @Nullable PeerCredentials getCredentials() {
		return this.credentials;
	}

	/**
	 * Return whether there are neither descriptors nor credentials.
	 * @return whether the ancillary data is empty
	 */
	public boolean isEmpty() {
		return this.descriptors.isEmpty() && this.credentials == null;
	}

}
