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
 * The file of a Unix socket that was bound here. A file that is not a socket is never
 * replaced, nor is a socket that somebody still listens at; a stale one, which a process
 * left behind, is.
 */
public final class SocketFile {

	/**
	 * The paths that are being bound by this process.
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
	 * @param path where to, not abstract
	 * @param mode who may use the file
	 * @param prober tells a stale socket from one in use
	 * @param binder binds the socket
	 * @return the file
	 * @throws IOException if there is something that is not to be replaced, or the system
	 * refuses
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
	 * Bind a socket in a directory that nobody else can enter, and move it to the path
	 * when all is set: at no time the path is missing or has another mode. The name that
	 * the socket itself knows is not the path, which is of no matter to one that others
	 * connect to.
	 * @param path where to, not abstract
	 * @param mode who may use the file
	 * @param prober tells a stale socket from one in use
	 * @param binder binds the socket to the path that it is given
	 * @return the file
	 * @throws IOException if there is something that is not to be replaced, or the system
	 * refuses
	 */
	public static SocketFile bindAside(UnixPath path, Set<PosixFilePermission> mode, Prober prober, Binder binder)
			throws IOException {
		return exclusively(path, () -> bindAndMove(path, mode, prober, binder));
	}

	/**
	 * Let one connection of this process at a time look at the path and take it.
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
	 * Where there is no file, move without replacing one that another process just made.
	 */
	private static void link(UnixPath path, Path aside, Path file) throws IOException {
		try {
			Files.createLink(file, aside);
		}
		catch (FileAlreadyExistsException ex) {
			throw taken(path);
		}
		catch (FileSystemException | UnsupportedOperationException ex) {
			// A file system without hard links
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
	 * Find out whether the path may be taken.
	 * @return what tells the stale socket that is there from others, {@code null} if
	 * there is nothing
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
	 * Look whether the file is still there.
	 * @throws IOException if it is not, or another has taken its place; not if that
	 * cannot be told
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
	 * Remove the file, unless another has taken its place.
	 * @throws IOException if the system refuses
	 */
	public void remove() throws IOException {
		if (this.key != null && this.key.equals(key(this.path))) {
			Files.deleteIfExists(this.path);
		}
	}

	/**
	 * Tells a stale socket from one in use.
	 */
	@FunctionalInterface
	public interface Prober {

		/**
		 * Try to connect.
		 * @param path where a socket is
		 * @return whether somebody has the socket open; connecting to one that nobody has
		 * is refused (ECONNREFUSED)
		 * @throws IOException if that cannot be told
		 */
		boolean isInUse(UnixPath path) throws IOException;

	}

	/**
	 * Binds a socket.
	 */
	@FunctionalInterface
	public interface Binder {

		/**
		 * Bind the socket.
		 * @param path where to
		 * @throws IOException if the system refuses
		 */
		void bind(UnixPath path) throws IOException;

	}

	/**
	 * Looks at the path and takes it.
	 */
	private interface Binding {

		SocketFile bind() throws IOException;

	}

}
