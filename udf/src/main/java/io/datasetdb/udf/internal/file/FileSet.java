// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.file;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StorageEntry;
import io.datasetdb.udf.UdfError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files that a location stands for: the one it names, all below the folder it names, or all that its glob matches.
 *
 * @param location the location as an absolute URI, a folder as the glob of all that is below it
 * @param files the files, sorted by the UTF-8 bytes of their paths
 */
public record FileSet(String location, List<StorageEntry> files) {
    /** The order of paths as bytes, which UTF-16 code units do not keep beyond the basic plane. */
    private static final Comparator<StorageEntry> BY_PATH = (left, right) -> compare(left.path(), right.path());

    public FileSet {
        files = List.copyOf(files);
    }

    /**
     * Lists what is there now. Relative paths are relative to the process's working directory.
     *
     * @throws DatasetDbException with {@link UdfError#FILE_NOT_FOUND} if there is neither file nor folder, or if the folder
     *     in which a glob begins does not exist; a glob that matches nothing is an empty set
     */
    public static FileSet list(Storage storage, String location) {
        FilePattern pattern = FilePattern.of(location, Path.of(""));
        if (pattern.isLocal() && !exists(pattern.listed())) {
            throw missing(location, "there is no such file or folder (" + pattern.listed() + ")");
        }
        List<StorageEntry> files = new ArrayList<>();
        String below = pattern.prefix().isEmpty() ? "" : pattern.prefix() + "/";
        Predicate<String> enter = pattern.pattern() == null ? folder -> true : Glob.folders(pattern.path());
        storage.list(pattern.listed(), enter, entry -> {
            String path = entry.path();
            boolean matches = pattern.pattern() == null
                    ? path.startsWith(below) || path.equals(pattern.path())
                    : pattern.pattern().matcher(path).matches();
            if (matches) {
                files.add(entry);
            }
        });
        files.sort(BY_PATH);
        boolean isFile = files.size() == 1 && files.get(0).path().equals(pattern.path());
        if (pattern.pattern() != null || isFile) {
            return new FileSet(pattern.uri(), files);
        }
        if (files.isEmpty() && !pattern.isLocal()) {
            throw missing(location, "there is no such file or folder");
        }
        return new FileSet(pattern.uri() + "/**", files);
    }

    /**
     * As {@link #list} for tables that need at least one file. A folder stands for the files below it that hold data: not
     * those that, or whose folders, have a name beginning with a dot or an underscore ({@code _SUCCESS}, {@code .crc}), by
     * which writers mark their own notes; {@code _key=value} is data.
     */
    public static FileSet listSome(Storage storage, String location) {
        FileSet all = list(storage, location);
        String folder = FilePattern.of(location, Path.of("")).path();
        boolean isFolder = all.location().endsWith("/**") && !Glob.isGlob(folder);
        FileSet set = isFolder
                ? new FileSet(
                        all.location(),
                        all.files().stream()
                                .filter(file -> isData(file.path().substring(folder.length())))
                                .toList())
                : all;
        if (set.files().isEmpty()) {
            throw missing(location, all.files().isEmpty() ? "no file matches" : "no file below it holds data");
        }
        return set;
    }

    private static boolean isData(String path) {
        for (String name : path.split("/")) {
            if (name.startsWith(".") || name.startsWith("_") && name.indexOf('=') < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean exists(String local) {
        try {
            return Files.exists(Path.of(local), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            // The process's character set cannot spell the name, so that nobody could have opened it either.
            return false;
        }
    }

    private static DatasetDbException missing(String location, String reason) {
        return new DatasetDbException(UdfError.FILE_NOT_FOUND, "Cannot list '" + location + "': " + reason);
    }

    /** Where a file is, as a store takes it. */
    public static String locationOf(String source, String path) {
        return FilePattern.location(source, path);
    }

    /** The locations of the files, in order. */
    public List<String> locations() {
        return files.stream()
                .map(file -> FilePattern.location(file.source(), file.path()))
                .toList();
    }

    /** Bytes of all files. */
    public long totalBytes() {
        return files.stream().mapToLong(StorageEntry::size).sum();
    }

    /** The number of files and the 128-bit sum of hashes of path, version, entity tag and size of each, in hexadecimal. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        long high = 0;
        long low = 0;
        for (StorageEntry file : files) {
            String text = file.path() + "|" + file.version() + "|" + file.etag() + "|" + file.size();
            byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            java.nio.ByteBuffer words = java.nio.ByteBuffer.wrap(hash);
            high += words.getLong();
            low += words.getLong();
        }
        return String.format("%d-%016x%016x", files.size(), high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(weight(a), weight(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Surrogates stand for characters above all of the basic plane. */
    private static int weight(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
