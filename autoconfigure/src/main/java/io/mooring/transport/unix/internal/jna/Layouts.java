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

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import org.jspecify.annotations.Nullable;

/**
 * Sizes and offsets of C structures, by JNA's layout for the platform. JNA structures
 * themselves would copy every field by reflection for each datagram.
 */
final class Layouts {

	static final Layout IOVEC = new IoVec();

	static final Layout MSGHDR = Os.LINUX ? new LinuxMsgHdr() : new MacMsgHdr();

	static final Layout MMSGHDR = new MMsgHdr();

	static final Layout CMSGHDR = Os.LINUX ? new LinuxCmsgHdr() : new MacCmsgHdr();

	static final Layout UCRED = new UCred();

	static final Layout SOCKADDR = Os.LINUX ? new LinuxSockaddr() : new MacSockaddr();

	static final Layout POLLFD = new PollFd();

	private Layouts() {
	}

	/**
	 * Structure with accessible offsets.
	 */
	public abstract static class Layout extends Structure {

		int offset(String field) {
			return fieldOffset(field);
		}

	}

	/**
	 * {@code struct iovec}, readv(2).
	 */
	@FieldOrder({ "base", "length" })
	public static class IoVec extends Layout {

		public @Nullable Pointer base;

		public @Nullable NativeLong length;

	}

	/**
	 * {@code struct msghdr} of Linux, recvmsg(2).
	 */
	@FieldOrder({ "name", "nameLength", "iov", "iovLength", "control", "controlLength", "flags" })
	public static class LinuxMsgHdr extends Layout {

		public @Nullable Pointer name;

		public int nameLength;

		public @Nullable Pointer iov;

		public @Nullable NativeLong iovLength;

		public @Nullable Pointer control;

		public @Nullable NativeLong controlLength;

		public int flags;

	}

	/**
	 * {@code struct msghdr} of macOS.
	 */
	@FieldOrder({ "name", "nameLength", "iov", "iovLength", "control", "controlLength", "flags" })
	public static class MacMsgHdr extends Layout {

		public @Nullable Pointer name;

		public int nameLength;

		public @Nullable Pointer iov;

		public int iovLength;

		public @Nullable Pointer control;

		public int controlLength;

		public int flags;

	}

	/**
	 * {@code struct mmsghdr}, recvmmsg(2).
	 */
	@FieldOrder({ "header", "length" })
	public static class MMsgHdr extends Layout {

		public @Nullable LinuxMsgHdr header;

		public int length;

	}

	/**
	 * {@code struct cmsghdr} of Linux, cmsg(3).
	 */
	@FieldOrder({ "length", "level", "type" })
	public static class LinuxCmsgHdr extends Layout {

		public @Nullable NativeLong length;

		public int level;

		public int type;

	}

	/**
	 * {@code struct cmsghdr} of macOS.
	 */
	@FieldOrder({ "length", "level", "type" })
	public static class MacCmsgHdr extends Layout {

		public int length;

		public int level;

		public int type;

	}

	/**
	 * {@code struct ucred}, unix(7).
	 */
	@FieldOrder({ "pid", "uid", "gid" })
	public static class UCred extends Layout {

		public int pid;

		public int uid;

		public int gid;

	}

	/**
	 * {@code struct sockaddr_un} of Linux, unix(7).
	 */
	@FieldOrder({ "family", "path" })
	public static class LinuxSockaddr extends Layout {

		public short family;

		public byte[] path = new byte[108];

	}

	/**
	 * {@code struct sockaddr_un} of macOS.
	 */
	@FieldOrder({ "length", "family", "path" })
	public static class MacSockaddr extends Layout {

		public byte length;

		public byte family;

		public byte[] path = new byte[104];

	}

	/**
	 * {@code struct pollfd}, poll(2).
	 */
	@FieldOrder({ "fd", "events", "returned" })
	public static class PollFd extends Layout {

		public int fd;

		public short events;

		public short returned;

	}

}
