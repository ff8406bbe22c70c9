// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version came to be.
 *
 * @param statement the statement, verbatim
 * @param script the whole script it stood in
 * @param scriptName path of the script
 * @param author who ran it
 * @param client with what kind of program
 * @param startedAt when the statement began
 * @param finishedAt when the last file was written
 * @param engineVersion which release ran it
 * @param contentHash of the rows, if known; for a listing its fingerprint
 * @param jobId the job that ran it, which the commit completes
 * @param recipe how to run the statement again; {@code null} if that is not known
 */
public record Provenance(
        @Nullable String statement,
        @Nullable String script,
        @Nullable String scriptName,
        String author,
        @Nullable String client,
        Instant startedAt,
        Instant finishedAt,
        String engineVersion,
        List<Dependency> dependencies,
        List<Param> params,
        List<FunctionUse> functionUses,
        List<ColumnLineage> columnLineage,
        @Nullable String contentHash,
        @Nullable String jobId,
        @Nullable Recipe recipe) {
    public Provenance {
        dependencies = List.copyOf(dependencies);
        params = List.copyOf(params);
        functionUses = List.copyOf(functionUses);
        columnLineage = List.copyOf(columnLineage);
    }

    /** What is not, or need not be, run again. */
    public Provenance(
            @Nullable String statement,
            @Nullable String script,
            @Nullable String scriptName,
            String author,
            @Nullable String client,
            Instant startedAt,
            Instant finishedAt,
            String engineVersion,
            List<Dependency> dependencies,
            List<Param> params,
            List<FunctionUse> functionUses,
            List<ColumnLineage> columnLineage,
            @Nullable String contentHash,
            @Nullable String jobId) {
        this(
                statement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                dependencies,
                params,
                functionUses,
                columnLineage,
                contentHash,
                jobId,
                null);
    }

    /** Just who, when and what. */
    public static Provenance of(
            @Nullable String statement, String author, Instant startedAt, Instant finishedAt, String engineVersion) {
        return new Provenance(
                statement,
                null,
                null,
                author,
                null,
                startedAt,
                finishedAt,
                engineVersion,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    public Provenance withDependencies(List<Dependency> newDependencies) {
        return new Provenance(
                statement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                newDependencies,
                params,
                functionUses,
                columnLineage,
                contentHash,
                jobId,
                recipe);
    }

    public Provenance withUses(List<Param> newParams, List<FunctionUse> newUses) {
        return new Provenance(
                statement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                dependencies,
                newParams,
                newUses,
                columnLineage,
                contentHash,
                jobId,
                recipe);
    }

    public Provenance withJob(@Nullable String newJobId) {
        return new Provenance(
                statement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                dependencies,
                params,
                functionUses,
                columnLineage,
                contentHash,
                newJobId,
                recipe);
    }

    public Provenance withColumnLineage(List<ColumnLineage> newLineage) {
        return new Provenance(
                statement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                dependencies,
                params,
                functionUses,
                newLineage,
                contentHash,
                jobId,
                recipe);
    }

    public Provenance withStatement(@Nullable String newStatement) {
        return new Provenance(
                newStatement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                dependencies,
                params,
                functionUses,
                columnLineage,
                contentHash,
                jobId,
                recipe);
    }

    public Provenance withRecipe(@Nullable Recipe newRecipe) {
        return new Provenance(
                statement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                dependencies,
                params,
                functionUses,
                columnLineage,
                contentHash,
                jobId,
                newRecipe);
    }

    public Provenance withContentHash(@Nullable String newHash) {
        return new Provenance(
                statement,
                script,
                scriptName,
                author,
                client,
                startedAt,
                finishedAt,
                engineVersion,
                dependencies,
                params,
                functionUses,
                columnLineage,
                newHash,
                jobId,
                recipe);
    }
}
