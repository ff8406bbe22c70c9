// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.FilesTable;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows by which versions of the inputs differ, each as often as one has it more than the other. Files that both versions
 * hold are not read. What has to be computed is written to files that are gone when this is closed.
 */
final class InputDeltas implements AutoCloseable {
    /** Of how many rows it is worth finding out which of them differ, which takes memory for each. */
    private static final long MOST_ROWS = 5_000_000;

    private static final String LEFT = "$left";
    private static final String RIGHT = "$right";

    private final StatementContext context;
    private final Deposit deposit;
    private final DatasetVersion base;
    private final Map<String, BatchTable> added = new HashMap<>();
    private final Map<String, BatchTable> removed = new HashMap<>();
    private final List<VersionDraft> drafts = new ArrayList<>();

    InputDeltas(StatementContext context, Deposit deposit, DatasetVersion base) {
        this.context = context;
        this.deposit = deposit;
        this.base = base;
    }

    /** Why it is too much to ask what changed in an input. */
    static Optional<String> obstacle(InputChanges.Changed changed) {
        long gone = rows(ownFiles(changed.then(), changed.now()));
        long fresh = rows(ownFiles(changed.now(), changed.then()));
        return gone > 0 && fresh > 0 && gone + fresh > MOST_ROWS
                ? Optional.of("too many rows of its input may have changed (" + (gone + fresh) + ")")
                : Optional.empty();
    }

    private static long rows(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::rowCount).sum();
    }

    /** Finds out what changed in one input. */
    void add(InputChanges.Changed changed) {
        BatchTable gone = own(changed.then(), changed.now());
        BatchTable fresh = own(changed.now(), changed.then());
        boolean differ = gone.rowCount() > 0 && fresh.rowCount() > 0;
        added.put(changed.name(), differ ? difference(fresh, gone) : fresh);
        removed.put(changed.name(), differ ? difference(gone, fresh) : gone);
    }

    /** The rows in files of one version that the other does not share. */
    private BatchTable own(DatasetVersion version, DatasetVersion other) {
        List<DataFile> files = ownFiles(version, other);
        return new FilesTable(
                "files of " + version, StoredColumns.either(version.schema(), other.schema()), files, context.store());
    }

    private static List<DataFile> ownFiles(DatasetVersion version, DatasetVersion other) {
        Set<String> shared = other.files().stream().map(DataFile::path).collect(Collectors.toSet());
        return version.files().stream()
                .filter(file -> !shared.contains(file.path()))
                .toList();
    }

    private BatchTable difference(BatchTable left, BatchTable right) {
        Schema schema = left.schema();
        VersionDraft draft = deposit.begin(DraftRequest.replace(base.name(), schema));
        drafts.add(draft);
        try (RunningQuery rows =
                query("SELECT * FROM \"" + LEFT + "\" EXCEPT ALL SELECT * FROM \"" + RIGHT + "\"", left, right)) {
            List<DataFile> files = deposit.write(draft, schema, rows);
            return new FilesTable("rows of " + left.displayName(), schema, files, context.store());
        }
    }

    private RunningQuery query(String sql, BatchTable left, @Nullable BatchTable right) {
        DatasetName place = base.name();
        StatementContext there =
                context.with(context.options().withProject(place.namespace(), place.project()), context.session());
        PlannedQuery plan = QueryPlans.once(
                there,
                names -> {
                    names.fix(DatasetName.key(place.withName(LEFT).toString()), left);
                    if (right != null) {
                        names.fix(DatasetName.key(place.withName(RIGHT).toString()), right);
                    }
                },
                StatementParser.parse(sql),
                null);
        return deposit.query(plan, List.of());
    }

    /** The paths of the files that are gone, or are others now, of a listing. */
    RunningQuery removedPaths() {
        return query(
                "SELECT t.file.path FROM \"" + LEFT + "\" AS t",
                removed.values().iterator().next(),
                null);
    }

    /** A table with these columns and no rows. */
    BatchTable none(BatchTable table) {
        return new FilesTable("no rows of " + table.displayName(), table.schema(), List.of(), context.store());
    }

    Map<String, BatchTable> added() {
        return added;
    }

    Map<String, BatchTable> removed() {
        return removed;
    }

    long addedRows() {
        return rows(added);
    }

    long removedRows() {
        return rows(removed);
    }

    private static long rows(Map<String, BatchTable> tables) {
        return tables.values().stream().mapToLong(BatchTable::rowCount).sum();
    }

    @Override
    public void close() {
        drafts.forEach(VersionDraft::close);
    }
}
