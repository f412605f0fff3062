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
 * What goes along with a datagram: file descriptors and credentials. Immutable.
 * <p>
 * Sending gives the recipient duplicates; the descriptors remain their owner's, who keeps
 * them open until the datagram was sent.
 */
public final class Ancillary {

	/**
	 * Nothing.
	 */
	public static final Ancillary NONE = new Ancillary(List.of(), null);

	/**
	 * The most descriptors of a datagram (SCM_MAX_FD, unix(7)).
	 */
	public static final int MAX_DESCRIPTORS = 253;

	private final List<Object> descriptors;

	private final @Nullable PeerCredentials credentials;

	private Ancillary(List<Object> descriptors, @Nullable PeerCredentials credentials) {
		this.descriptors = descriptors;
		this.credentials = credentials;
	}

	/**
	 * Send descriptors of the JDK, such as {@code stream.getFD()}.
	 * @param descriptors the descriptors
	 * @return ancillary data of these alone
	 */
	public static Ancillary ofDescriptors(FileDescriptor... descriptors) {
		return ofDescriptors(Arrays.asList(descriptors));
	}

	/**
	 * Send received descriptors on.
	 * @param descriptors the descriptors, neither taken nor closed
	 * @return ancillary data of these alone
	 */
	public static Ancillary ofDescriptors(ReceivedDescriptor... descriptors) {
		return ofDescriptors(Arrays.asList(descriptors));
	}

	/**
	 * Send descriptors of native code.
	 * @param numbers the numbers of the descriptors
	 * @return ancillary data of these alone
	 */
	public static Ancillary ofDescriptors(int... numbers) {
		return ofDescriptors(Arrays.stream(numbers).boxed().toList());
	}

	/**
	 * Send descriptors.
	 * @param descriptors any of {@link FileDescriptor}, {@link ReceivedDescriptor} and
	 * {@link Integer}
	 * @return ancillary data of these alone
	 * @throws IllegalArgumentException if there is anything else among them, or too many
	 */
	public static Ancillary ofDescriptors(Collection<?> descriptors) {
		for (Object descriptor : descriptors) {
			if (!(descriptor instanceof FileDescriptor || descriptor instanceof ReceivedDescriptor
					|| descriptor instanceof Integer)) {
				throw new IllegalArgumentException("A descriptor is a java.io.FileDescriptor, a ReceivedDescriptor or "
						+ "the Integer of one, not " + descriptor);
			}
		}
		if (descriptors.size() > MAX_DESCRIPTORS) {
			throw new IllegalArgumentException(
					"A datagram takes " + MAX_DESCRIPTORS + " descriptors at the most, not " + descriptors.size());
		}
		return new Ancillary(Collections.unmodifiableList(new ArrayList<>(descriptors)), null);
	}

	/**
	 * Send credentials too. The kernel checks them: a process without privileges may
	 * claim only what it is.
	 * @param pid the process
	 * @param uid the user
	 * @param gid the group
	 * @return ancillary data of the descriptors here and these credentials
	 */
	public Ancillary withCredentials(long pid, long uid, long gid) {
		return withCredentials(new PeerCredentials(pid, uid, gid));
	}

	/**
	 * Send credentials too. The kernel checks them: a process without privileges may
	 * claim only what it is.
	 * @param credentials the credentials
	 * @return ancillary data of the descriptors here and these credentials
	 */
	public Ancillary withCredentials(PeerCredentials credentials) {
		return new Ancillary(this.descriptors, credentials);
	}

	/**
	 * Return the descriptors.
	 * @return each a {@link FileDescriptor}, a {@link ReceivedDescriptor} or an
	 * {@link Integer}
	 */
	public List<Object> getDescriptors() {
		return this.descriptors;
	}

	/**
	 * Return the credentials.
	 * @return the credentials, {@code null} to leave them to the kernel, which vouches
	 * for the process as it is where the recipient asks for it
	 */
	public @Nullable PeerCredentials getCredentials() {
		return this.credentials;
	}

	/**
	 * Return whether there is nothing to go along.
	 * @return whether it is empty
	 */
	public boolean isEmpty() {
		return this.descriptors.isEmpty() && this.credentials == null;
	}

}
