// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement's text leaves open and what it meant when it ran, so that it can be run again as it ran then.
 *
 * @param namespace the default for names
 * @param project the default for names
 * @param user what CURRENT_USER was
 * @param inputs what the names in the statement meant
 */
public record Recipe(String namespace, String project, String user, List<Input> inputs) {
    /** How many files of an input are kept by name; of more only the fingerprint is. */
    public static final int NAMED_FILES = 1_000;

    public Recipe {
        inputs = List.copyOf(inputs);
    }

    /**
     * A name, or the call of a table function, and what it meant.
     *
     * @param name in lower case {@code namespace.project.name}, perhaps with a version, a range or a time behind it; or a call
     *     with its arguments
     * @param version the version that was read; for a listing the one that keeps it; {@code null} if it was no dataset
     * @param definition the query of a view; {@code null} if it is none
     * @param fingerprint of the files that were read, unless a listing keeps them; {@code null} if there were none
     * @param files these files, at most {@value #NAMED_FILES}
     */
    public record Input(
            String name,
            @Nullable VersionRef version,
            @Nullable String definition,
            @Nullable String fingerprint,
            List<FileState> files) {
        public Input {
            files = List.copyOf(files);
        }
    }

    /** A file as it was. */
    public record FileState(String uri, long size, String etag) {}
}
