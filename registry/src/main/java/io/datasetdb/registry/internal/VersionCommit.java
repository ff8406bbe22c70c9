// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VectorIndex;
import io.datasetdb.registry.VectorIndexFile;
import io.datasetdb.store.DataFile;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a draft into a version inside one transaction: whether the version exists is decided by that transaction's commit
 * alone.
 *
 * @param uuid the draft's
 * @param own files that the draft wrote
 * @param files all files of the version in row order, among them those that it shares with others
 * @param base the version that must still be the latest, if the draft was made from one
 * @param metrics measurements of the version, by their names
 * @param indexes what is known of the dataset's vector indexes, with their files for the version's files
 */
public record VersionCommit(
        DraftRequest request,
        UUID uuid,
        List<DataFile> own,
        List<DataFile> files,
        @Nullable UUID base,
        Provenance provenance,
        Map<String, Double> metrics,
        Indexes indexes) {
    /**
     * Vector indexes of which the draft's maker knows.
     *
     * @param known all of them
     * @param files made for files of the version
     */
    public record Indexes(List<VectorIndex> known, List<VectorIndexFile> files) {}

    /** Runs inside a transaction; answers the new version, or the one that was there and was to be left alone. */
    public VersionRow run(Sql sql) throws SQLException {
        DatasetName name = request.name();
        if (!DraftSql.delete(sql, uuid)) {
            throw givenUp(name);
        }
        long now = Times.now();
        long projectId = Names.project(sql, name);
        ViewChanges.checkFree(sql, "deposit dataset " + name, "this", name);
        DatasetSql.Row dataset =
                DatasetSql.lock(sql, projectId, name, request.listing() == null ? "DATASET" : "LISTING", now);
        Long latest = dataset.latestVersionId();
        if (latest == null && dataset.highestNumber() >= 0) {
            DatasetSql.revive(sql, dataset.id(), name.name(), now);
        } else if (latest != null && request.mode() != DraftRequest.Mode.REPLACE) {
            VersionRow existing = VersionSql.byId(sql, latest);
            if (request.mode() == DraftRequest.Mode.CREATE) {
                throw duplicate(existing.name());
            }
            finishJob(sql, 0);
            return existing;
        }
        if (latest != null && isListed(sql)) {
            // Somebody else listed the same files a moment before.
            finishJob(sql, 0);
            return VersionSql.byId(sql, latest);
        }
        checkBase(sql, latest);
        checkIndexes(sql, dataset.id());
        VersionRow version = VersionSql.byId(sql, insert(sql, dataset, now));
        finishJob(sql, own.stream().mapToLong(DataFile::rowCount).sum());
        return version;
    }

    /** Instead of {@link #run}, if the version that this one builds on has the same rows: says what was said about that one. */
    public VersionRow describeBase(Sql sql) throws SQLException {
        DatasetSql.Row dataset =
                DatasetSql.lock(sql, Names.project(sql, request.name()), request.name(), "DATASET", Times.now());
        checkBase(sql, dataset.latestVersionId());
        VersionRow version = VersionSql.byId(sql, Objects.requireNonNull(dataset.latestVersionId()));
        describe(sql, dataset.id(), version.id());
        return version;
    }

    private boolean isListed(Sql sql) throws SQLException {
        DraftRequest.Listing listing = request.listing();
        return listing != null
                && ListingSql.find(sql, listing.location())
                        .filter(known -> known.fingerprint().equals(listing.fingerprint()))
                        .isPresent();
    }

    /** The error of a deposit that others have cleaned up after, because its process was not heard of for long. */
    public static DatasetDbException givenUp(DatasetName name) {
        return new DatasetDbException(
                RegistryError.DRAFT_GONE,
                "Cannot deposit dataset: its draft was given up because its lease had run out (" + name + ")");
    }

    /** The error of a CREATE that finds something. */
    public static DatasetDbException duplicate(DatasetName name) {
        return new DatasetDbException(
                RegistryError.DUPLICATE_DATASET, "Cannot create dataset: it exists already (" + name + ")");
    }

    private void checkBase(Sql sql, @Nullable Long latest) throws SQLException {
        if (base == null) {
            return;
        }
        Long baseId = VersionSql.idOf(sql, base).orElse(null);
        if (baseId == null || !baseId.equals(latest)) {
            throw new DatasetDbException(
                    RegistryError.CONFLICT,
                    "Cannot deposit dataset: another version of it was deposited or dropped meanwhile ("
                            + request.name() + ")");
        }
    }

    /** A version without an index that others made meanwhile would be searched slowly for ever. */
    private void checkIndexes(Sql sql, long datasetId) throws SQLException {
        for (VectorIndex index : VectorIndexSql.ofDataset(sql, datasetId)) {
            if (!indexes.known().contains(index)) {
                throw new DatasetDbException(
                        RegistryError.INDEX_ADDED,
                        "Cannot deposit dataset: a vector index of column " + index.column() + " was made meanwhile ("
                                + request.name() + ")");
            }
        }
    }

    /** Those of indexes that were dropped meanwhile are given up. */
    private void insertIndexes(Sql sql, long datasetId) throws SQLException {
        List<VectorIndex> current = VectorIndexSql.ofDataset(sql, datasetId);
        VectorIndexSql.insertFiles(
                sql,
                indexes.files().stream()
                        .filter(file -> current.contains(file.index()))
                        .toList());
        FileSql.giveUp(
                sql,
                indexes.files().stream()
                        .filter(file -> !current.contains(file.index()))
                        .flatMap(file -> Stream.ofNullable(file.file()))
                        .map(DataFile::path)
                        .toList());
    }

    private long insert(Sql sql, DatasetSql.Row dataset, long now) throws SQLException {
        SemanticVersion version = number(dataset.highestNumber());
        long createdAt = Math.max(now, VersionSql.lastTime(sql, dataset.id()).orElse(Long.MIN_VALUE) + 1);
        var size = new VersionSql.Size(
                files.stream().mapToLong(DataFile::rowCount).sum(),
                files.stream().mapToLong(DataFile::byteSize).sum(),
                files.size());
        long versionId = VersionSql.insert(sql, dataset.id(), version, uuid, size, provenance, createdAt);
        ColumnSql.insert(sql, versionId, request, StatisticsMerge.of(request.schema(), files));
        FileSql.insert(sql, own);
        if (!FileSql.link(sql, versionId, files)) {
            throw new DatasetDbException(
                    RegistryError.CONFLICT,
                    "Cannot deposit dataset: files that it shares were purged meanwhile (" + request.name() + ")");
        }
        insertIndexes(sql, dataset.id());
        ProvenanceSql.insert(sql, versionId, provenance);
        DatasetSql.advance(sql, dataset.id(), version.number(), versionId);
        RetentionSql.dropExcess(sql, dataset.id());
        describe(sql, dataset.id(), versionId);
        if (request.listing() != null) {
            ListingSql.save(sql, dataset.id(), request.listing(), now);
        }
        return versionId;
    }

    /** Records what is said about the dataset and measured of its rows. */
    private void describe(Sql sql, long datasetId, long versionId) throws SQLException {
        for (Map.Entry<String, Double> metric : metrics.entrySet()) {
            MetricSql.set(sql, versionId, metric.getKey(), metric.getValue(), provenance.author());
        }
        if (request.comment() != null) {
            DatasetSql.setComment(sql, datasetId, request.comment());
        }
        if (request.labels() != null) {
            DatasetSql.setLabels(sql, datasetId, request.labels());
        }
    }

    private SemanticVersion number(long highest) {
        SemanticVersion wanted = request.version();
        if (wanted == null) {
            return highest < 0
                    ? SemanticVersion.FIRST
                    : SemanticVersion.ofNumber(highest).next(request.bump());
        }
        checkAbove(request.name(), wanted, highest);
        return wanted;
    }

    /** Fails unless an explicit version is above the highest that was ever used, -1 for none. */
    public static void checkAbove(DatasetName name, SemanticVersion wanted, long highest) {
        if (wanted.number() <= highest) {
            throw new DatasetDbException(
                    RegistryError.VERSION_TOO_LOW,
                    "Cannot deposit version " + wanted + " of dataset " + name
                            + ": it must be above the highest ever used (" + SemanticVersion.ofNumber(highest) + ")");
        }
    }

    private void finishJob(Sql sql, long rows) throws SQLException {
        String jobId = provenance.jobId();
        if (jobId != null) {
            JobSql.complete(sql, jobId, rows);
        }
    }

    /** Fails if a file occurs twice: a version cannot hold its rows twice. */
    public static void checkDistinct(List<DataFile> files) {
        Set<String> paths = new HashSet<>();
        for (DataFile file : files) {
            if (!paths.add(file.path())) {
                throw new DatasetDbException(
                        RegistryError.BAD_FILE, "Cannot add file: the draft has it already (" + file.path() + ")");
            }
        }
    }
}
