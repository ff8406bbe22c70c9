// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A location taken apart. Nothing is percent-decoded: the characters of a path are those of the file's name or the
 * object's key, so that whatever a listing returns can be opened as it is.
 *
 * @param scheme lower case; {@code file} for {@code file:} URIs, empty for a plain path
 * @param authority bucket, container or host; empty if there is none
 * @param path what follows, with its leading slash if it has one
 */
record Location(String scheme, String authority, String path) {
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://([^/]*)(.*)", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("(?i:file):(/.*)", Pattern.DOTALL);

    static Location parse(String text) {
        Matcher uri = URI.matcher(text);
        if (uri.matches()) {
            return new Location(uri.group(1).toLowerCase(Locale.ROOT), uri.group(2), uri.group(3));
        }
        Matcher file = FILE.matcher(text);
        if (file.matches()) {
            return new Location("file", "", file.group(1));
        }
        return new Location("", "", text);
    }

    /** Whether this names a local file, relative or absolute. */
    boolean isLocal() {
        return scheme.isEmpty() || scheme.equals("file");
    }

    /** Whether this only has a meaning below some root. */
    boolean isRelative() {
        return scheme.isEmpty() && !path.startsWith("/");
    }

    /** The location {@code relative} below this one. */
    Location resolve(String relative) {
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Location(scheme, authority, relative.isEmpty() ? path : base + "/" + relative);
    }

    /** The storage's root, as {@link io.datasetdb.store.StorageEntry#source()} has it. */
    String source() {
        return scheme + "://" + authority;
    }

    @Override
    public String toString() {
        return scheme.isEmpty() ? path : source() + path;
    }
}
