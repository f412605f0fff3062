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

package io.mooring.transport.internal.binding;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import io.mooring.UnixPath;

/**
 * File of a bound Unix socket. A stale socket file is replaced, but neither another file
 * nor a socket in use.
 */
public final class SocketFile {

	/**
	 * Paths being bound by this process.
	 */
	private static final Set<Path> BINDING = ConcurrentHashMap.newKeySet();

	private static final int TYPE_MASK = 0xf000;

	private static final int SOCKET_TYPE = 0xc000;

	private final Path path;

	private final @Nullable Object key;

	private SocketFile(Path path, @Nullable Object key) {
		this.path = path;
		this.key = key;
	}

	/**
	 * Bind a socket to the path itself, which then is also the name that it sends from.
	 * @param path the path, not abstract
	 * @param mode the permissions of the file
	 * @param prober the check for a socket in use
	 * @param binder the binder
	 * @return the file
	 * @throws IOException if the path must not be replaced, or the operating system
	 * reports an error
	 */
	public static SocketFile bind(UnixPath path, Set<PosixFilePermission> mode, Prober prober, Binder binder)
			throws IOException {
		return exclusively(path, () -> bindHere(path, mode, prober, binder));
	}

	private static SocketFile bindHere(UnixPath path, Set<PosixFilePermission> mode, Prober prober, Binder binder)
			throws IOException {
		Path file = path.toFile();
		Object stale = requireReplaceable(path, prober);
		if (stale != null && stale.equals(key(file))) {
			Files.deleteIfExists(file);
		}
		binder.bind(path);
		try {
			Files.setPosixFilePermissions(file, mode);
			return new SocketFile(file, key(file));
		}
		catch (IOException ex) {
			Files.deleteIfExists(file);
			throw ex;
		}
	}

	/**
	 * Bind a socket in a private directory, and then move it to the path: at no time the
	 * path is missing or has another mode. The bound name of the socket differs from the
	 * path, which is irrelevant for a listening socket.
	 * @param path the path, not abstract
	 * @param mode the permissions of the file
	 * @param prober the check for a socket in use
	 * @param binder the binder for the given path
	 * @return the file
	 * @throws IOException if the path must not be replaced, or the operating system
	 * reports an error
	 */
	public static SocketFile bindAside(UnixPath path, Set<PosixFilePermission> mode, Prober prober, Binder binder)
			throws IOException {
		return exclusively(path, () -> bindAndMove(path, mode, prober, binder));
	}

	/**
	 * Serialize the check and the binding of a path in this process.
	 */
	private static SocketFile exclusively(UnixPath path, Binding binding) throws IOException {
		Path file = path.toFile().toAbsolutePath().normalize();
		if (!BINDING.add(file)) {
			throw new BindException("cannot bind to " + path + ": Address already in use by another connection");
		}
		try {
			return binding.bind();
		}
		finally {
			BINDING.remove(file);
		}
	}

	private static SocketFile bindAndMove(UnixPath path, Set<PosixFilePermission> mode, Prober prober, Binder binder)
			throws IOException {
		Path file = path.toFile();
		Object stale = requireReplaceable(path, prober);
		Path directory = createDirectory(path);
		Path aside = directory.resolve("s");
		try {
			binder.bind(UnixPath.of(aside.toString()));
			Files.setPosixFilePermissions(aside, mode);
			SocketFile socketFile = new SocketFile(file, key(aside));
			Object now = key(file);
			if (now != null && !now.equals(stale)) {
				throw taken(path);
			}
			if (now != null) {
				Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
			}
			else {
				link(path, aside, file);
			}
			return socketFile;
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("cannot bind to " + path + ": " + aside + ", where it is made, " + ex.getMessage(),
					ex);
		}
		finally {
			Files.deleteIfExists(aside);
			Files.delete(directory);
		}
	}

	/**
	 * If there is no file, move without replacing one created concurrently by another
	 * process.
	 */
	private static void link(UnixPath path, Path aside, Path file) throws IOException {
		try {
			Files.createLink(file, aside);
		}
		catch (FileAlreadyExistsException ex) {
			throw taken(path);
		}
		catch (FileSystemException | UnsupportedOperationException ex) {
			// The file system does not support hard links
			Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
		}
	}

	private static BindException taken(UnixPath path) {
		return new BindException(
				"cannot bind to " + path + ": Address already in use (taken by another process during bind)");
	}

	private static Path createDirectory(UnixPath path) throws IOException {
		// Shorter than those of createTempDirectory, for the path has to fit an address
		Path directory = path.toFile()
			.resolveSibling(String.format(".%06x", ThreadLocalRandom.current().nextInt(1 << 24)));
		try {
			return Files.createDirectory(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		catch (FileSystemException ex) {
			String reason = (ex instanceof AccessDeniedException) ? "Permission denied" : ex.getReason();
			throw new IOException("cannot bind to " + path + ": cannot make the directory " + directory
					+ ", where the socket is made: " + ((reason != null) ? reason : ex.getMessage()), ex);
		}
	}

	/**
	 * Check that the path may be bound.
	 * @return the key of an existing stale socket, {@code null} if there is no file
	 */
	private static @Nullable Object requireReplaceable(UnixPath path, Prober prober) throws IOException {
		Path file = path.toFile();
		Path directory = file.toAbsolutePath().getParent();
		if (directory == null || !Files.isDirectory(directory)) {
			throw new NoSuchFileException("cannot bind to " + path + ": there is no directory " + directory);
		}
		if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			return null;
		}
		int type = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TYPE_MASK;
		if (type != SOCKET_TYPE) {
			throw new FileAlreadyExistsException(
					"cannot bind to " + path + ": it exists and is not a socket, so it is not replaced");
		}
		Object probed = key(file);
		if (prober.isInUse(path)) {
			throw new BindException("cannot bind to " + path + ": Address already in use by another socket");
		}
		return probed;
	}

	private static @Nullable Object key(Path file) throws IOException {
		try {
			return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/**
	 * Check that the file still exists.
	 * @throws IOException if it was removed or replaced; not if that cannot be determined
	 */
	public void check() throws IOException {
		Object found;
		try {
			found = key(this.path);
		}
		catch (FileSystemException ex) {
			return;
		}
		if (this.key != null && !this.key.equals(found)) {
			throw new IOException(
					this.path + ((found != null) ? " was replaced by another file" : " was removed by somebody else"));
		}
	}

	/**
	 * Remove the file, unless it was replaced.
	 * @throws IOException if the operating system reports an error
	 */
	public void remove() throws IOException {
		if (this.key != null && this.key.equals(key(this.path))) {
			Files.deleteIfExists(this.path);
		}
	}

	/**
	 * Check that distinguishes a socket in use from a stale one.
	 */
	@FunctionalInterface
	public interface Prober {

		/**
		 * Try to connect.
		 * @param path the path of the socket
		 * @return whether the socket is in use; connecting to a stale one fails with
		 * ECONNREFUSED
		 * @throws IOException if that cannot be determined
		 */
		boolean isInUse(UnixPath path) throws IOException;

	}

	/**
	 * Binder of a socket.
	 */
	@FunctionalInterface
	public interface Binder {

		/**
		 * Bind the socket.
		 * @param path the path
		 * @throws IOException if the operating system reports an error
		 */
		void bind(UnixPath path) throws IOException;

	}

	/**
	 * Check and binding of a path.
	 */
	private interface Binding {

		SocketFile bind() throws IOException;

	}

}
