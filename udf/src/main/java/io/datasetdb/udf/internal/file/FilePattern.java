// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.file;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file, folder or glob as a user writes it, made absolute. Nothing is percent-decoded, as nowhere in the store.
 *
 * @param source the storage's root as listings name it, {@code file://} or {@code s3://bucket}
 * @param path the path or glob below the source, without a leading slash
 * @param prefix the longest part of {@code path} that can be listed: all of it, or up to the slash before the first glob
 *     character, without that slash
 * @param pattern what paths must match, {@code null} if {@code path} is not a glob
 */
record FilePattern(
        String source, String path, String prefix, @Nullable Pattern pattern) {
    static final String LOCAL = "file://";

    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://([^/]*)/?(.*)", Pattern.DOTALL);

    /**
     * Reads a location.
     *
     * @param folder what relative local paths are relative to
     * @throws DatasetDbException with {@link UdfError#BAD_ARGUMENT} if it cannot be one, {@link UdfError#BAD_GLOB}
     */
    static FilePattern of(String text, Path folder) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            String reason = text.isBlank() ? "the location is empty" : "a location cannot contain a Nul character";
            throw new DatasetDbException(
                    UdfError.BAD_ARGUMENT, "Cannot list files: " + reason + " ('" + text.replace('\0', '?') + "')");
        }
        if (text.regionMatches(true, 0, "file:", 0, 5)) {
            return local(text.substring(5).replaceFirst("^//(localhost)?(?=/)", ""));
        }
        Matcher uri = URI.matcher(text);
        if (uri.matches()) {
            return of(uri.group(1) + "://" + uri.group(2), stripSlashes(uri.group(3)));
        }
        return local(text.startsWith("/") ? text : folder.toAbsolutePath() + "/" + text);
    }

    private static FilePattern local(String path) {
        return of(LOCAL, normalize(path));
    }

    private static FilePattern of(String source, String path) {
        int special = Glob.firstSpecial(path);
        if (special < 0) {
            return new FilePattern(source, path, path, null);
        }
        int slash = path.lastIndexOf('/', special);
        return new FilePattern(
                source, path, slash < 0 ? "" : path.substring(0, slash), Glob.compile(path, location(source, path)));
    }

    boolean isLocal() {
        return source.equals(LOCAL);
    }

    /** Where a path below the source is, as a store takes it: local paths plain, others as URIs. */
    static String location(String source, String path) {
        return source.equals(LOCAL) ? "/" + path : source + "/" + path;
    }

    /** Where to list. */
    String listed() {
        return location(source, prefix);
    }

    /** The glob or file as a URI; what {@link #of} reads back. */
    String uri() {
        return source + "/" + path;
    }

    /** Removes {@code .} and empty components and resolves {@code ..}, as far as that can be done without looking. */
    private static String normalize(String path) {
        Deque<String> components = new ArrayDeque<>();
        for (String component : path.split("/")) {
            if (component.equals("..")) {
                components.pollLast();
            } else if (!component.isEmpty() && !component.equals(".")) {
                components.addLast(component);
            }
        }
        return String.join("/", components);
    }

    private static String stripSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
