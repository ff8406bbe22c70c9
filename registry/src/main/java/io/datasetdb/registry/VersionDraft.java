// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.internal.Database;
import io.datasetdb.registry.internal.DraftSql;
import io.datasetdb.registry.internal.Leases;
import io.datasetdb.registry.internal.VersionCommit;
import io.datasetdb.registry.internal.VersionReader;
import io.datasetdb.registry.internal.VersionRow;
import io.datasetdb.registry.internal.VersionSql;
import io.datasetdb.registry.internal.Warehouse;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version in the making: has a folder of its own, collects files and becomes visible as a whole by {@link #commit}, or
 * never. For one thread. The folder is safe from being collected as long as this process lives.
 */
public final class VersionDraft implements AutoCloseable {
    private enum State {
        OPEN,
        COMMITTED,
        CLOSED
    }

    private final Database database;
    private final VersionReader reader;
    private final Leases leases;
    private final Path root;
    private DraftRequest request;
    private final UUID uuid;
    private final List<DataFile> files = new ArrayList<>();
    private final Set<String> shared = new HashSet<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private @Nullable DatasetVersion base;
    private State state = State.OPEN;

    /** Replaced when the vector indexes of the dataset are looked at. */
    private VersionCommit.Indexes indexes = new VersionCommit.Indexes(List.of(), List.of());

    /** Whether a commit was tried: one that failed may all the same have reached the disk. */
    private boolean outcomeUnknown;

    VersionDraft(Database database, VersionReader reader, Leases leases, Path root, DraftRequest request, UUID uuid) {
        this.database = database;
        this.reader = reader;
        this.leases = leases;
        this.root = root;
        this.request = request;
        this.uuid = uuid;
    }

    /** The uuid that the version will have. */
    public UUID uuid() {
        return uuid;
    }

    public DatasetName name() {
        return request.name();
    }

    /** Where this draft's own files go, relative to the warehouse: {@code data/<uuid>}. Not created yet. */
    public String folder() {
        return Warehouse.DATA + "/" + uuid;
    }

    /** Appends a finished file in {@link #folder()}. */
    public void add(DataFile file) {
        requireOpen();
        if (!file.path().startsWith(folder() + "/")) {
            throw new DatasetDbException(
                    RegistryError.BAD_FILE, "Cannot add file: it is not in the draft's folder (" + file.path() + ")");
        }
        files.add(file);
    }

    /** All files so far, in the order of their rows. */
    public List<DataFile> files() {
        return List.copyOf(files);
    }

    /** The columns that the version will have. */
    public Schema schema() {
        return request.schema();
    }

    /** Records a measurement with the version; the last of a name counts. */
    public void record(String metric, double value) {
        requireOpen();
        metrics.put(metric, value);
    }

    /** Gives the version other columns than were asked for at first; its files must have them. */
    public void describe(Schema schema) {
        requireOpen();
        request = request.withSchema(schema);
    }

    /** Appends a file that another version has already; it will belong to both. */
    public void share(DataFile file) {
        requireOpen();
        files.add(file);
        shared.add(file.path());
    }

    /**
     * Appends all files of a version of this dataset. The new version then builds on that one: the commit fails with
     * {@link RegistryError#CONFLICT} unless it still is the latest.
     */
    public void shareFiles(DatasetVersion version) {
        requireOpen();
        version.files().forEach(this::share);
        base = version;
    }

    /** Makes the commit fail with {@link RegistryError#CONFLICT} unless {@code version} still is the latest then. */
    public void buildOn(DatasetVersion version) {
        requireOpen();
        base = version;
    }

    /** Lets the commit succeed whatever is the latest version then, or if there is none. */
    public void buildOnNothing() {
        requireOpen();
        base = null;
    }

    /**
     * After a conflict: puts the files of {@code version}, which others deposited meanwhile, in the place of all files that
     * are shared so far. The draft's own files stay, behind them. What that version declares NOT NULL is so from then on.
     */
    public void rebase(DatasetVersion version) {
        requireOpen();
        files.removeIf(file -> shared.contains(file.path()));
        shared.clear();
        List<DataFile> own = List.copyOf(files);
        files.clear();
        shareFiles(version);
        files.addAll(own);
        request = request.withDeclaredNotNull(version.declaredNotNull());
    }

    /**
     * Says which vector indexes the dataset has, and which files were made for them in {@link #folder()}. The commit fails with
     * {@link RegistryError#INDEX_ADDED} if it has others then.
     */
    public void index(List<VectorIndex> known, List<VectorIndexFile> indexFiles) {
        requireOpen();
        indexes = new VersionCommit.Indexes(known, indexFiles);
    }

    /** Rows of all files so far. */
    public long rowCount() {
        return files.stream().mapToLong(DataFile::rowCount).sum();
    }

    /**
     * Makes the version visible, with the next number, in one transaction that is durable when this returns. Also completes
     * the job that the provenance names. If it fails nothing has changed and it may be tried again.
     *
     * @return the new version; in mode {@link DraftRequest.Mode#CREATE_IF_ABSENT} the one that was there, if any, whose uuid
     *     is another
     */
    public DatasetVersion commit(Provenance provenance) {
        requireOpen();
        VersionCommit.checkDistinct(files);
        VersionCommit commit = toCommit(provenance);
        outcomeUnknown = true;
        VersionRow row = database.write("deposit dataset " + request.name(), commit::run);
        state = State.COMMITTED;
        leases.removeDraft(uuid.toString());
        if (provenance.jobId() != null) {
            leases.removeJob(provenance.jobId());
        }
        if (!row.uuid().equals(uuid)) {
            deleteFolder();
        }
        return new DatasetVersion(row, reader);
    }

    /**
     * Instead of {@link #commit}, where the version that this draft builds on has the same rows: records the comment, labels
     * and metrics of the draft with that version, in one transaction. Fails with {@link RegistryError#CONFLICT} unless it
     * still is the latest; then nothing has changed. The draft stays open.
     */
    public void describeBase(Provenance provenance) {
        requireOpen();
        if (request.comment() != null || request.labels() != null || !metrics.isEmpty()) {
            database.write("describe dataset " + request.name(), toCommit(provenance)::describeBase);
        }
    }

    private VersionCommit toCommit(Provenance provenance) {
        List<DataFile> own =
                files.stream().filter(file -> !shared.contains(file.path())).toList();
        return new VersionCommit(
                request,
                uuid,
                own,
                List.copyOf(files),
                base == null ? null : base.uuid(),
                provenance,
                metrics,
                indexes);
    }

    /**
     * What to tell of a failure to write or read this draft's files: the failure itself, unless they are gone because others
     * took the draft for one of a dead process.
     */
    public DatasetDbException reason(DatasetDbException failure) {
        try {
            if (database.query("find draft of " + request.name(), sql -> DraftSql.exists(sql, uuid))) {
                return failure;
            }
        } catch (DatasetDbException e) {
            failure.addSuppressed(e);
            return failure;
        }
        DatasetDbException reason = VersionCommit.givenUp(request.name());
        reason.addSuppressed(failure);
        return reason;
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new DatasetDbException(
                    RegistryError.DRAFT_GONE,
                    "Cannot use draft: it was " + (state == State.COMMITTED ? "committed" : "closed") + " ("
                            + request.name() + ")");
        }
    }

    /** Gives the draft up, with the files in its folder, unless it was committed. What cannot be removed now is collected later. */
    @Override
    public void close() {
        if (state != State.OPEN) {
            return;
        }
        state = State.CLOSED;
        leases.removeDraft(uuid.toString());
        if (outcomeUnknown && mayBeVisible()) {
            return;
        }
        deleteFolder();
        try {
            database.write("give up draft of " + request.name(), sql -> DraftSql.delete(sql, uuid));
        } catch (DatasetDbException e) {
            // Its lease runs out by itself.
            System.getLogger(VersionDraft.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    /** Whether the registry has this version, or does not say. */
    private boolean mayBeVisible() {
        try {
            return database.query("find version " + uuid, sql -> VersionSql.idOf(sql, uuid))
                    .isPresent();
        } catch (DatasetDbException e) {
            return true;
        }
    }

    private void deleteFolder() {
        Path folder = root.resolve(folder());
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.getLogger(VersionDraft.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
        }
    }
}
