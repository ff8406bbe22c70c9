// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.vector.Schema;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a deposit is going to make.
 *
 * @param mode what to do if the dataset exists
 * @param bump how the next number is found, unless {@code version} says it
 * @param version the number to use; must be above the highest ever used
 * @param comment replaces the dataset's comment; {@code null} leaves it
 * @param labels replace the dataset's labels; {@code null} leaves them
 * @param declaredNotNull columns that refuse NULLs also in versions that are made by changing this one
 * @param listing set if the dataset is the listing of a folder or bucket; only those may be in namespace {@code system}
 */
public record DraftRequest(
        DatasetName name,
        Schema schema,
        Mode mode,
        SemanticVersion.Bump bump,
        @Nullable SemanticVersion version,
        @Nullable String comment,
        @Nullable Map<String, String> labels,
        Set<String> declaredNotNull,
        @Nullable Listing listing) {
    public DraftRequest {
        declaredNotNull = Set.copyOf(declaredNotNull);
    }

    /** What to do if the dataset exists, i.e. has a complete version. */
    public enum Mode {
        /** Fail. */
        CREATE,
        /** Leave it as it is: the commit answers what is there. */
        CREATE_IF_ABSENT,
        /** Make the next version, or the first. */
        REPLACE
    }

    /**
     * What is listed.
     *
     * @param location normalised absolute glob
     * @param fingerprint the same for the same set of files
     */
    public record Listing(String location, String fingerprint) {}

    public static DraftRequest create(DatasetName name, Schema schema) {
        return new DraftRequest(
                name, schema, Mode.CREATE, SemanticVersion.Bump.PATCH, null, null, null, Set.of(), null);
    }

    public static DraftRequest createIfAbsent(DatasetName name, Schema schema) {
        return new DraftRequest(
                name, schema, Mode.CREATE_IF_ABSENT, SemanticVersion.Bump.PATCH, null, null, null, Set.of(), null);
    }

    public static DraftRequest replace(DatasetName name, Schema schema) {
        return new DraftRequest(
                name, schema, Mode.REPLACE, SemanticVersion.Bump.PATCH, null, null, null, Set.of(), null);
    }

    /** The next version of the listing of a location, under the name that belongs to it. */
    public static DraftRequest listing(String location, String fingerprint, Schema schema) {
        return new DraftRequest(
                DatasetName.ofListing(location),
                schema,
                Mode.REPLACE,
                SemanticVersion.Bump.MAJOR,
                null,
                null,
                null,
                Set.of(),
                new Listing(location, fingerprint));
    }

    public DraftRequest withSchema(Schema newSchema) {
        return new DraftRequest(name, newSchema, mode, bump, version, comment, labels, declaredNotNull, listing);
    }

    public DraftRequest withDeclaredNotNull(Set<String> columns) {
        return new DraftRequest(name, schema, mode, bump, version, comment, labels, columns, listing);
    }

    public DraftRequest withBump(SemanticVersion.Bump newBump) {
        return new DraftRequest(name, schema, mode, newBump, version, comment, labels, declaredNotNull, listing);
    }

    public DraftRequest withVersion(@Nullable SemanticVersion newVersion) {
        return new DraftRequest(name, schema, mode, bump, newVersion, comment, labels, declaredNotNull, listing);
    }

    public DraftRequest withComment(@Nullable String newComment) {
        return new DraftRequest(name, schema, mode, bump, version, newComment, labels, declaredNotNull, listing);
    }

    public DraftRequest withLabels(@Nullable Map<String, String> newLabels) {
        return new DraftRequest(name, schema, mode, bump, version, comment, newLabels, declaredNotNull, listing);
    }
}
