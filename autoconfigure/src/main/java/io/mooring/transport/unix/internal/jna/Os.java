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

import com.sun.jna.Platform;

/**
 * Constants that differ between Linux (asm-generic, as on x86_64 and aarch64) and macOS.
 * Zero represents a flag that a system lacks.
 */
public final class Os {

	public static final boolean LINUX = Platform.isLinux();

	public static final int AF_UNIX = 1;

	public static final int SOCK_DGRAM = 2;

	public static final int SOCK_CLOEXEC = linuxOrMac(0x80000, 0);

	public static final int O_CLOEXEC = 0x80000;

	public static final int SOL_SOCKET = linuxOrMac(1, 0xffff);

	public static final int SO_TYPE = linuxOrMac(3, 0x1008);

	public static final int SO_SNDBUF = linuxOrMac(7, 0x1001);

	public static final int SO_RCVBUF = linuxOrMac(8, 0x1002);

	public static final int SO_PASSCRED = 16;

	public static final int SCM_RIGHTS = 1;

	public static final int SCM_CREDENTIALS = 2;

	public static final int MSG_DONTWAIT = linuxOrMac(0x40, 0x80);

	public static final int MSG_TRUNC = linuxOrMac(0x20, 0x10);

	public static final int MSG_CTRUNC = linuxOrMac(0x8, 0x20);

	public static final int MSG_NOSIGNAL = linuxOrMac(0x4000, 0);

	public static final int MSG_CMSG_CLOEXEC = linuxOrMac(0x40000000, 0);

	public static final short POLLIN = 1;

	public static final short POLLOUT = 4;

	public static final int F_GETFL = 3;

	public static final int O_ACCMODE = 3;

	public static final int SEEK_CUR = 1;

	public static final long FIOCLEX = linuxOrMac(0x5451, 0x20006601);

	public static final int EPERM = 1;

	public static final int ENOENT = 2;

	public static final int EINTR = 4;

	public static final int EBADF = 9;

	public static final int EAGAIN = linuxOrMac(11, 35);

	public static final int EINVAL = 22;

	public static final int EMSGSIZE = linuxOrMac(90, 40);

	public static final int EPROTOTYPE = linuxOrMac(91, 41);

	public static final int ECONNRESET = linuxOrMac(104, 54);

	public static final int ENOBUFS = linuxOrMac(105, 55);

	public static final int ENOTCONN = linuxOrMac(107, 57);

	public static final int ECONNREFUSED = linuxOrMac(111, 61);

	private Os() {
	}

	private static int linuxOrMac(int linux, int mac) {
		return LINUX ? linux : mac;
	}

}
