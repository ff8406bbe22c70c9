// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.internal.CatalogSql;
import io.datasetdb.registry.internal.DataFolders;
import io.datasetdb.registry.internal.Database;
import io.datasetdb.registry.internal.DatasetSql;
import io.datasetdb.registry.internal.DraftSql;
import io.datasetdb.registry.internal.DropVersions;
import io.datasetdb.registry.internal.FileSql;
import io.datasetdb.registry.internal.FunctionSql;
import io.datasetdb.registry.internal.JobProgress;
import io.datasetdb.registry.internal.JobSql;
import io.datasetdb.registry.internal.Leases;
import io.datasetdb.registry.internal.LineageSql;
import io.datasetdb.registry.internal.ListingSql;
import io.datasetdb.registry.internal.ListingTimes;
import io.datasetdb.registry.internal.MetricSql;
import io.datasetdb.registry.internal.NameChanges;
import io.datasetdb.registry.internal.Names;
import io.datasetdb.registry.internal.NamespaceSql;
import io.datasetdb.registry.internal.ProjectSql;
import io.datasetdb.registry.internal.QueryHistory;
import io.datasetdb.registry.internal.RetentionSql;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.TimeOrderedUuid;
import io.datasetdb.registry.internal.VersionCommit;
import io.datasetdb.registry.internal.VersionLookup;
import io.datasetdb.registry.internal.VersionReader;
import io.datasetdb.registry.internal.VersionRow;
import io.datasetdb.registry.internal.VersionSql;
import io.datasetdb.registry.internal.ViewChanges;
import io.datasetdb.registry.internal.ViewSql;
import io.datasetdb.registry.internal.Warehouse;
import io.datasetdb.registry.internal.WarehouseDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The names, versions and provenance of one warehouse. Safe for any number of threads, and any number of processes may have
 * the same warehouse open. Every change is one transaction, durable when the call returns. Failures are {@link
 * DatasetDbException}s with a {@link RegistryError}; a warehouse that cannot be written to opens for reading.
 */
public final class Registry implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private interface Change {
        void run(Sql sql) throws SQLException;
    }

    private final Path root;
    private final Database database;
    private final VersionReader reader;
    private final TimeOrderedUuid uuids = new TimeOrderedUuid();
    private final ScheduledThreadPoolExecutor scheduler;
    private final Leases leases;
    private final QueryHistory history;
    private final ListingTimes listingTimes;
    private final JobProgress jobProgress;
    private final ReadLocks readLocks;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Registry(Path root, Database database) {
        this.root = root;
        this.database = database;
        this.reader = new VersionReader(database);
        this.scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "datasetdb-registry");
            thread.setDaemon(true);
            return thread;
        });
        this.leases = new Leases(database, scheduler);
        this.history = new QueryHistory(database, scheduler, uuids);
        this.listingTimes = new ListingTimes(database, scheduler);
        this.jobProgress = new JobProgress(database, scheduler, leases);
        this.readLocks = ReadLocks.of(root, database.readOnly());
    }

    /** Opens the warehouse in a folder, which is made if there is none; what is something else is left untouched. */
    public static Registry open(Path warehouse) {
        return open(warehouse, false);
    }

    /** As {@link #open}, but changes nothing, whatever the folder's permissions. */
    public static Registry openReadOnly(Path warehouse) {
        return open(warehouse, true);
    }

    private static Registry open(Path warehouse, boolean readOnly) {
        Path root = warehouse.toAbsolutePath().normalize();
        return new Registry(root, WarehouseDatabase.open(new Warehouse(root), readOnly));
    }

    /** The warehouse's folder, absolute. */
    public Path root() {
        return root;
    }

    /** Whether every change will fail, {@link RegistryError#READ_ONLY} or, on a disk full at opening, {@code DISK_FULL}. */
    public boolean readOnly() {
        return database.readOnly();
    }

    Database database() {
        return database;
    }

    QueryHistory history() {
        return history;
    }

    ListingTimes listingTimes() {
        return listingTimes;
    }

    JobProgress jobProgress() {
        return jobProgress;
    }

    /** Who reads which files; whoever reads says so here. */
    public ReadLocks readLocks() {
        return readLocks;
    }

    /** Its vector indexes. */
    public VectorIndexes vectorIndexes() {
        return new VectorIndexes(this);
    }

    Leases leases() {
        return leases;
    }

    TimeOrderedUuid uuids() {
        return uuids;
    }

    // Reading

    /**
     * The one version that name and selector mean now.
     *
     * @throws DatasetDbException that suggests the nearest name, or says which versions there are and were
     */
    public DatasetVersion resolve(DatasetName name, VersionSelector selector) {
        return version(database.read("find dataset " + name, sql -> new VersionLookup(name, selector).resolve(sql)));
    }

    /** As {@link #resolve}, but a dropped version too: its lineage and its number stay. */
    public DatasetVersion known(DatasetName name, VersionSelector selector) {
        return version(database.read("find dataset " + name, sql -> new VersionLookup(name, selector).known(sql)));
    }

    /** As {@link #resolve}, but empty if there is no such dataset or version, or no longer. */
    public Optional<DatasetVersion> find(DatasetName name, VersionSelector selector) {
        return database.read("find dataset " + name, sql -> new VersionLookup(name, selector).find(sql))
                .map(this::version);
    }

    private DatasetVersion version(VersionRow row) {
        return new DatasetVersion(row, reader);
    }

    /** The version with this identity as it is now, under whatever name, dropped or not. */
    public DatasetVersion identified(VersionRef ref) {
        return version(database.read(
                "find version " + ref,
                sql -> VersionSql.byId(
                        sql,
                        VersionSql.idOf(sql, ref.uuid())
                                .orElseThrow(() -> new DatasetDbException(
                                        RegistryError.UNDEFINED_VERSION,
                                        "Cannot find version " + ref + ": the registry has none with its identity")))));
    }

    /** All versions of a dataset, dropped ones too, the highest first; empty if there never was one. */
    public List<DatasetVersion> versions(DatasetName name) {
        return database.query("list versions of " + name, sql -> VersionLookup.all(sql, name)).stream()
                .map(this::version)
                .toList();
    }

    /** A dataset that has a complete version. */
    public Optional<Dataset> dataset(DatasetName name) {
        return database.read("find dataset " + name, sql -> DatasetSql.live(sql, name));
    }

    /** All datasets that have a complete version and are no listings, by name. */
    public List<Dataset> datasets() {
        return database.read("list datasets", DatasetSql::allLive);
    }

    /** Datasets that can be read and are no listings, of these names, in no order. */
    public List<CatalogEntry> catalog(NamePattern namespace, NamePattern project, NamePattern name) {
        return database.query("list datasets", new CatalogSql(namespace, project, name)::entries);
    }

    /** Columns of the latest versions of datasets of these names, in no order. */
    public List<CatalogColumn> catalogColumns(NamePattern namespace, NamePattern project, NamePattern name) {
        return database.query("list columns", new CatalogSql(namespace, project, name)::columns);
    }

    public List<String> namespaces() {
        return database.query("list namespaces", NamespaceSql::names);
    }

    public List<Project> projects() {
        return database.query("list projects", ProjectSql::all);
    }

    /** The lineage of a version within {@code depth} steps, nearest first, each edge once. Dropped versions are part of it. */
    public List<LineageRow> lineage(DatasetVersion version, Direction direction, int depth) {
        return database.read(
                "follow lineage of " + version, sql -> LineageSql.walk(sql, version.row(), direction, depth));
    }

    /**
     * What was made from a storage URI, or from something outside, within {@code depth} steps; {@code uri} as dependencies have
     * it.
     *
     * @throws DatasetDbException if nothing ever was
     */
    public List<LineageRow> lineage(String uri, int depth) {
        return database.read("follow lineage of " + uri, sql -> {
            if (!LineageSql.isRead(sql, uri)) {
                throw new DatasetDbException(
                        RegistryError.UNDEFINED_DATASET,
                        "Cannot follow lineage of " + uri + ": no version was made from it");
            }
            return LineageSql.walk(sql, uri, depth);
        });
    }

    /** The lineage of the version that name and selector mean. */
    public List<LineageRow> lineage(DatasetName name, VersionSelector selector, Direction direction, int depth) {
        return lineage(resolve(name, selector), direction, depth);
    }

    /** The newest listing of a location, if there is one. */
    public Optional<ListingState> listing(String location) {
        return database.read("find listing of " + location, sql -> {
            Optional<ListingSql.Row> row = ListingSql.find(sql, location);
            return row.isEmpty()
                    ? Optional.empty()
                    : new VersionLookup(DatasetName.ofListing(location), VersionSelector.LATEST)
                            .find(sql)
                            .map(found -> new ListingState(
                                    version(found),
                                    row.get().fingerprint(),
                                    row.get().listedAt()));
        });
    }

    /** Functions that users created, by name and signature. */
    public List<FunctionDefinition> functions() {
        return database.query("list functions", FunctionSql::all);
    }

    /** A view; empty if there is none of this name. */
    public Optional<View> view(DatasetName name) {
        return database.query("find view " + name, sql -> ViewSql.find(sql, name));
    }

    /** All views, by name. */
    public List<View> views() {
        return database.query("list views", ViewSql::all);
    }

    /** The versions to which a file belongs, the oldest first. */
    public List<DatasetVersion> owners(String path) {
        return database.read("find owner of " + path, sql -> FileSql.owners(sql, path)).stream()
                .map(this::version)
                .toList();
    }

    // Depositing

    /** Begins a deposit; whoever begins it closes it. Fails early if it is clear now that the commit would. */
    public VersionDraft begin(DraftRequest request) {
        DatasetName name = request.name();
        boolean isRegistry = DatasetName.key(name.project()).equals(DatasetName.REGISTRY_PROJECT);
        if ((name.isSystem() || isRegistry) && request.listing() == null) {
            throw NameChanges.reserved("deposit dataset", name.toString());
        }
        UUID uuid = uuids.next();
        change("deposit dataset " + name, sql -> {
            Names.project(sql, name);
            ViewChanges.checkFree(sql, "deposit dataset " + name, "this", name);
            Optional<DatasetSql.Row> existing = DatasetSql.find(sql, name);
            if (existing.isPresent()) {
                boolean exists = existing.get().latestVersionId() != null;
                if (request.mode() == DraftRequest.Mode.CREATE && exists) {
                    throw VersionCommit.duplicate(name);
                }
                // What is to be left as it is when it is there, is; whatever number was wanted.
                boolean left = request.mode() == DraftRequest.Mode.CREATE_IF_ABSENT && exists;
                if (request.version() != null && !left) {
                    VersionCommit.checkAbove(
                            name, request.version(), existing.get().highestNumber());
                }
            }
            DraftSql.insert(sql, uuid, name, process(), Leases.end());
        });
        leases.addDraft(uuid.toString());
        return new VersionDraft(database, reader, leases, root, request, uuid);
    }

    static String process() {
        return String.valueOf(ProcessHandle.current().pid());
    }

    /** Begins a job. */
    public Job startJob(JobRequest request) {
        String id = uuids.next().toString();
        change("start job", sql -> {
            leases.endDeadJobs(sql);
            JobSql.insert(sql, id, request, Leases.end());
        });
        leases.addJob(id);
        return new Job(database, leases, jobProgress, id);
    }

    /** Remembers a query in the bounded history, a little later; never fails. */
    public void recordQuery(QueryRecord query) {
        history.add(query);
    }

    /** Records a measurement of a version; the last of a name counts. */
    public void recordMetric(DatasetVersion version, String metric, double value, String author) {
        change(
                "record metric of " + version,
                sql -> MetricSql.set(sql, version.row().id(), metric, value, author));
    }

    /** Records that the files of a location were seen again, with the same fingerprint, a little later; never fails. */
    public void confirmListing(String location, String fingerprint) {
        listingTimes.seen(location, fingerprint);
    }

    // Changing

    /**
     * Drops one version, or all. They become tombstones: their numbers are never used again, their provenance and lineage
     * stay. A dataset without a complete version is hidden. Purging takes the files too, also those of versions that were
     * dropped before.
     */
    public DropResult drop(DatasetName name, Optional<VersionSelector> selector, DropMode mode) {
        return database.write("drop dataset " + name, sql -> new DropVersions(name, selector, mode).run(sql));
    }

    /** Folders and files that were given up and not yet {@link #remove}d. */
    public List<String> removals() {
        return database.query("list removals", FileSql::removals);
    }

    /**
     * Deletes folders and files that were given up, except those that somebody reads, which stay on the list of removals.
     *
     * @return what is gone
     */
    public List<String> remove(List<String> paths) {
        DataFolders folders = new DataFolders(root);
        List<String> gone = paths.stream()
                .filter(path -> readLocks.unlessRead(DataFolders.folder(path), () -> folders.delete(path)))
                .toList();
        if (!gone.isEmpty()) {
            change("forget removals", sql -> FileSql.forgetRemovals(sql, gone));
        }
        return gone;
    }

    /**
     * Those of the given folders ({@code data/<uuid>}) that no version and no living draft needs. Drafts of dead processes
     * are ended by this. List the folders first, then ask.
     */
    public List<String> unowned(List<String> folders) {
        return database.write("find unowned folders", sql -> DraftSql.unowned(sql, folders));
    }

    /** Gives a dataset another name, in any project; all versions and all lineage go with it. */
    public void rename(DatasetName from, DatasetName to) {
        change("rename dataset " + from, sql -> NameChanges.rename(sql, from, to));
    }

    /** {@code null} removes the comment. */
    public void setComment(DatasetName name, @Nullable String comment) {
        change(
                "comment on dataset " + name,
                sql -> DatasetSql.setComment(sql, Names.dataset(sql, name).id(), comment));
    }

    /** How many versions of a dataset are kept; empty: all. */
    public OptionalLong retention(DatasetName name) {
        return database.read(
                "find dataset " + name,
                sql -> RetentionSql.of(sql, Names.dataset(sql, name).id()));
    }

    /**
     * Says how many versions of a dataset are kept, the latest among them; empty: all. Those beyond are dropped by the next
     * deposit, or by {@link GarbageCollection}.
     */
    public void setRetention(DatasetName name, OptionalLong versions) {
        change("set retention of dataset " + name, sql -> RetentionSql.set(sql, name, versions));
    }

    /** Replaces all labels. */
    public void setLabels(DatasetName name, Map<String, String> labels) {
        change(
                "label dataset " + name,
                sql -> DatasetSql.setLabels(sql, Names.dataset(sql, name).id(), labels));
    }

    /** Comments a column of all versions; {@code null} removes the comment. */
    public void setColumnComment(DatasetName name, String column, @Nullable String comment) {
        change("comment on column " + column, sql -> NameChanges.setColumnComment(sql, name, column, comment));
    }

    /** Creates a view; {@code replace} says whether it may take the place of another. No dataset has a view's name. */
    public void createView(View view, boolean replace) {
        change("create view " + view.name(), sql -> ViewChanges.create(sql, view, replace));
    }

    public void dropView(DatasetName name) {
        change("drop view " + name, sql -> ViewChanges.drop(sql, name));
    }

    /** Gives a view another name, in any project; its query still means what it meant. */
    public void renameView(DatasetName from, DatasetName to) {
        change("rename view " + from, sql -> ViewChanges.rename(sql, from, to));
    }

    /** {@code null} removes the comment. */
    public void setViewComment(DatasetName name, @Nullable String comment) {
        change("comment on view " + name, sql -> ViewChanges.setComment(sql, name, comment));
    }

    public void createNamespace(String namespace) {
        change("create namespace " + namespace, sql -> NameChanges.createNamespace(sql, namespace));
    }

    public void createProject(String namespace, String project) {
        change(
                "create project " + namespace + "." + project,
                sql -> NameChanges.createProject(sql, namespace, project));
    }

    /** Drops a namespace that has no projects. */
    public void dropNamespace(String namespace) {
        change("drop namespace " + namespace, sql -> NameChanges.dropNamespace(sql, namespace));
    }

    /** Drops a project that has neither a view nor a dataset that can be read. */
    public void dropProject(String namespace, String project) {
        change("drop project " + namespace + "." + project, sql -> NameChanges.dropProject(sql, namespace, project));
    }

    /** Creates a function; {@code replace} says whether it may take the place of one with the same name and signature. */
    public void createFunction(FunctionDefinition function, boolean replace) {
        change("create function " + function.name(), sql -> NameChanges.createFunction(sql, function, replace));
    }

    /** Creates all forms of one function; {@code replace} says whether they may take the place of others of its name. */
    public void createFunctions(List<FunctionDefinition> forms, boolean replace) {
        String name = forms.get(0).name();
        change("create function " + name, sql -> NameChanges.createFunctions(sql, forms, replace));
    }

    /** Drops all overloads of a function. */
    public void dropFunction(String name) {
        change("drop function " + name, sql -> NameChanges.dropFunction(sql, name));
    }

    private void change(String action, Change change) {
        database.write(action, sql -> {
            change.run(sql);
            return true;
        });
    }

    /** Writes what is still to be written and closes the database; idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        scheduler.shutdownNow();
        try {
            scheduler.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        history.flushQuietly();
        listingTimes.flushQuietly();
        readLocks.close();
        database.close();
    }
}
