// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where files go: a local path, which is taken from the working folder if it is relative, as that of a file to read is, or a
 * location of any other storage. Never inside the warehouse, whose files are the registry's.
 *
 * @param location absolute
 */
public record CopyTarget(DatasetStore store, String location, boolean isLocal) {
    private static final String LOCAL = "file://";

    /** The target that a statement names. */
    public static CopyTarget of(DatasetStore store, String text) {
        if (text.isBlank()) {
            throw refused(text, "the location is empty");
        }
        boolean schemed =
                text.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+://.*") || text.regionMatches(true, 0, "file:", 0, 5);
        String uri;
        try {
            uri = store.uri(
                    schemed ? text : Path.of(text).toAbsolutePath().normalize().toString());
        } catch (InvalidPathException e) {
            throw refused(text, "it is no path");
        }
        boolean local = uri.startsWith(LOCAL);
        String location = withoutSlash(local ? uri.substring(LOCAL.length()) : uri);
        String root = withoutSlash(store.uri(""));
        String absolute = local ? LOCAL + location : location;
        if (absolute.equals(root) || absolute.startsWith(root + "/") || root.startsWith(absolute + "/")) {
            throw refused(text, "it is where the warehouse is");
        }
        return new CopyTarget(store, location, local);
    }

    private static String withoutSlash(String location) {
        return location.length() > 1 && location.endsWith("/")
                ? location.substring(0, location.length() - 1)
                : location;
    }

    private static DatasetDbException refused(String text, String reason) {
        return new DatasetDbException(SqlError.INVALID_ARGUMENT, "Cannot copy: " + reason + " ('" + text + "')");
    }

    /** The location as a URI. */
    public String uri() {
        return store.uri(location);
    }

    /** Fails if something is there that is not to give way. */
    public void check(CopyOptions options) {
        boolean folder = !options.partitions().isEmpty();
        boolean isFile = isFile();
        if (isFile && folder) {
            throw taken("there is a file of this name, a folder is to be written");
        }
        boolean isFolder = !isFile && hasFiles();
        if (isFolder && !folder) {
            throw taken("there is a folder of this name");
        }
        if ((isFile || isFolder) && !options.overwrite()) {
            throw taken("there is one already; OVERWRITE replaces it");
        }
    }

    private DatasetDbException taken(String reason) {
        return new DatasetDbException(StoreError.FILE_EXISTS, "Cannot copy: " + reason + " (" + uri() + ")");
    }

    private boolean isFile() {
        try (Storage.Input input = store.storage().open(location)) {
            return input.size() >= 0;
        } catch (DatasetDbException e) {
            if (e.code() == StoreError.FILE_NOT_FOUND || e.code() == StoreError.BAD_LOCATION) {
                return false;
            }
            throw e;
        }
    }

    private boolean hasFiles() {
        boolean[] found = new boolean[1];
        try {
            store.storage().list(location, entry -> found[0] = true);
        } catch (DatasetDbException e) {
            if (e.code() != StoreError.FILE_NOT_FOUND) {
                throw e;
            }
        }
        return found[0];
    }
}
