// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.store.DataFile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle holds. Rows of the registry's tables are there by the names of their columns, without ids: a column that a
 * later release adds travels by itself, and one that the receiving registry lacks is left out.
 *
 * @param registry the migration that the sending registry had seen last
 * @param datasets those that were asked for and those that are only ancestors
 * @param versions parents before their children
 * @param functions rows of {@code functions} that versions called; those with a hash of a jar come with it
 */
public record Manifest(
        String registry,
        List<Dataset> datasets,
        List<Version> versions,
        List<Map<String, @Nullable Object>> functions) {
    /** The name of the manifest in the bundle. */
    public static final String ENTRY = "manifest.json";

    public Manifest {
        datasets = List.copyOf(datasets);
        versions = List.copyOf(versions);
        functions = List.copyOf(functions);
    }

    /**
     * A dataset.
     *
     * @param asked whether it was asked for by its name
     * @param history the uuids of all versions that it ever had, by which it is known again
     * @param row of {@code datasets}
     * @param columnComments rows of {@code column_comments}
     */
    public record Dataset(
            DatasetName name,
            boolean asked,
            List<String> history,
            Map<String, @Nullable Object> row,
            List<Map<String, @Nullable Object>> columnComments) {}

    /**
     * A version.
     *
     * @param dataset ordinal in {@link Manifest#datasets}
     * @param row of {@code versions}
     * @param script the text of its script
     * @param files in row order; empty if it travels as a tombstone
     * @param statistics of each file, as {@code data_files.statistics} keeps them
     * @param tables rows that belong to the version, by table; columns that refer to other versions hold uuids
     */
    public record Version(
            int dataset,
            UUID uuid,
            SemanticVersion version,
            boolean readable,
            Map<String, @Nullable Object> row,
            @Nullable String script,
            List<DataFile> files,
            List<String> statistics,
            Map<String, List<Map<String, @Nullable Object>>> tables) {}
}
