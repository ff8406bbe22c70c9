// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.store.StoreError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files of this machine, through NIO. A new file is opened with the operating system's exclusive create, so that of any
 * number of callers one wins; its bytes are synced when it is closed, the entries of folders made on the way when they are
 * made, and its own entry by {@link #sync}. Folders that {@link #list} meets through symbolic links are followed, loops are
 * not.
 */
public final class LocalStorage implements Storage {
    private final Path root;

    /** Storage whose relative locations are below {@code root}. */
    public LocalStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The file that a location names; it need not exist. */
    public Path path(String location) {
        Location parsed = Location.parse(location);
        if (!parsed.isLocal()) {
            throw new DatasetDbException(
                    StoreError.UNSUPPORTED_SCHEME,
                    "Cannot use " + location + ": it is not a local file (" + parsed.scheme() + ")");
        }
        if (!parsed.authority().isEmpty() && !parsed.authority().equals("localhost")) {
            throw new DatasetDbException(
                    StoreError.BAD_LOCATION,
                    "Cannot use " + location + ": a file URI has no host, write file:///… (" + parsed.authority()
                            + ")");
        }
        try {
            return root.resolve(parsed.path()).normalize();
        } catch (InvalidPathException e) {
            throw new DatasetDbException(
                    StoreError.BAD_LOCATION, "Cannot use " + location + ": not a path (" + e.getReason() + ")", e);
        }
    }

    @Override
    public Output create(String location) {
        Path path = path(location);
        try {
            Path parent = path.getParent();
            if (parent != null) {
                createFolders(parent);
            }
            return new LocalOutput(
                    path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw Failures.of("create", path.toString(), e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public Output publish(String location, boolean replace) {
        Path path = path(location);
        try {
            if (Files.isDirectory(path) || !replace && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            Path parent = path.getParent();
            if (parent != null) {
                createFolders(parent);
            }
            Path hidden = hidden(path);
            FileChannel channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new LocalPublication(new LocalOutput(hidden, channel), hidden, path, replace);
        } catch (IOException e) {
            throw Failures.of("create", path.toString(), e, StoreError.WRITE_FAILED);
        }
    }

    /** A name beside another one that listings of the shell pass over and nobody has. */
    static Path hidden(Path path) {
        return path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    @Override
    public boolean moveFolder(String from, String to, boolean replace) {
        Path source = path(from);
        Path target = path(to);
        try {
            if (replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Path old = hidden(target);
                Files.move(target, old);
                try {
                    Files.move(source, target);
                } catch (IOException e) {
                    Files.move(old, target);
                    throw e;
                }
                delete(old.toString());
            } else {
                Files.move(source, target);
            }
            Path parent = target.getParent();
            if (parent != null) {
                syncFolder(parent);
            }
            return true;
        } catch (IOException e) {
            throw Failures.of("create", target.toString(), e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public Input open(String location) {
        return LocalInput.open(path(location));
    }

    @Override
    public void list(String location, Consumer<StorageEntry> consumer) {
        list(location, folder -> true, consumer);
    }

    @Override
    public void list(String location, Predicate<String> enter, Consumer<StorageEntry> consumer) {
        Path start = path(location);
        try {
            BasicFileAttributes attributes = Files.readAttributes(start, BasicFileAttributes.class);
            if (!attributes.isDirectory()) {
                consumer.accept(LocalListing.entry(start, attributes));
                return;
            }
            Files.walkFileTree(
                    start,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new LocalListing(start, enter, consumer));
        } catch (IOException e) {
            throw Failures.of("list", start.toString(), e, StoreError.READ_FAILED);
        }
    }

    @Override
    public void delete(String location) {
        Path path = path(location);
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.walkFileTree(path, new Removal());
            } else {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody else was faster: there is nothing left to remove.
        } catch (IOException e) {
            throw Failures.of("delete", path.toString(), e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public long free(String location) {
        Path folder = path(location);
        while (folder.getParent() != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw Failures.of("look at", folder.toString(), e, StoreError.READ_FAILED);
        }
    }

    @Override
    public void sync(String location) {
        Path path = path(location);
        try {
            syncFolder(path);
        } catch (IOException e) {
            throw Failures.of("sync", path.toString(), e, StoreError.WRITE_FAILED);
        }
    }

    @Override
    public void close() {}

    /** Makes missing folders, and each durable in the folder above it. */
    private static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a folder bottom-up; what vanishes meanwhile is as good as removed. */
    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
