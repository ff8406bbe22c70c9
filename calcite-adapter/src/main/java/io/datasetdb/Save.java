// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.chain.Names;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a dataset is saved. Immutable.
 *
 * @param bump which part of the version number goes up, unless {@code version} says the number
 * @param version the number to use, above the highest ever used; {@code null} for the next
 * @param comment replaces the dataset's comment; {@code null} leaves it
 * @param labels replace the dataset's labels; {@code null} leaves them
 * @param ifChanged whether rows that are those of the last version make no new one
 */
public record Save(
        Bump bump,
        @Nullable String version,
        @Nullable String comment,
        @Nullable Map<String, String> labels,
        boolean ifChanged) {
    /** The next patch version. */
    public static final Save NEXT = new Save(Bump.PATCH, null, null, null, false);

    /** Parts of a version number. */
    public enum Bump {
        MAJOR,
        MINOR,
        PATCH
    }

    public Save {
        labels = labels == null ? null : Map.copyOf(labels);
        for (String key : labels == null ? Set.<String>of() : labels.keySet()) {
            if (key.indexOf('=') >= 0) {
                throw new DatasetDbException(
                        ProgramError.BAD_ARGUMENT,
                        "Cannot label the dataset: a key holds no equals sign (" + key + ")");
            }
        }
    }

    public Save withBump(Bump newBump) {
        return new Save(newBump, version, comment, labels, ifChanged);
    }

    public Save withVersion(String newVersion) {
        return new Save(bump, newVersion, comment, labels, ifChanged);
    }

    public Save withComment(String newComment) {
        return new Save(bump, version, newComment, labels, ifChanged);
    }

    public Save withLabels(Map<String, String> newLabels) {
        return new Save(bump, version, comment, newLabels, ifChanged);
    }

    /** Makes no new version of rows that the last one has already. */
    public Save onlyIfChanged() {
        return new Save(bump, version, comment, labels, true);
    }

    /** The statement up to AS. */
    String statement(String name) {
        StringBuilder text = new StringBuilder("CREATE OR REPLACE DATASET ").append(Names.dataset(name));
        text.append(ifChanged ? " IF CHANGED" : "");
        if (version != null) {
            text.append(" VERSION ").append(Names.literal(version));
        } else if (bump != Bump.PATCH) {
            text.append(" BUMP ").append(bump);
        }
        if (comment != null) {
            text.append(" COMMENT ").append(Names.literal(comment));
        }
        if (labels != null) {
            text.append(new TreeMap<>(Objects.requireNonNull(labels))
                    .entrySet().stream()
                            .map(label -> Names.literal(label.getKey() + "=" + label.getValue()))
                            .collect(Collectors.joining(", ", " LABELS (", ")")));
        }
        return text.append(" AS ").toString();
    }
}
