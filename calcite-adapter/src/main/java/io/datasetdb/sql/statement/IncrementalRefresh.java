// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.ColumnLineage;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.Repeatability;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the next version of the last one: without the rows that came of input rows which are gone, and with those that come of
 * new input rows. Since the statement treats each input row by itself this is exact. A file of the last version that loses no
 * row is shared and not written again.
 *
 * <p>Which rows came of a file of a listing is known where a column holds the file's path. Otherwise it is computed: the
 * statement's rows for the input rows that are gone are taken away, each as often as it comes out.
 */
final class IncrementalRefresh implements AutoCloseable {
    private final StatementContext context;
    private final Deposit deposit;
    private final Rerun rerun;
    private final DatasetVersion base;
    private final PlannedQuery plan;
    private final InputChanges changes;
    private final InputDeltas deltas;
    private final Map<String, BitSet> removed = new HashMap<>();
    private long removedRows;

    IncrementalRefresh(
            StatementContext context,
            Deposit deposit,
            Rerun rerun,
            DatasetVersion base,
            PlannedQuery plan,
            InputChanges changes) {
        this.context = context;
        this.deposit = deposit;
        this.rerun = rerun;
        this.base = base;
        this.plan = plan;
        this.changes = changes;
        this.deltas = new InputDeltas(context, deposit, base);
    }

    /** Why the change of the result cannot be computed from the changes of the inputs, although each row is treated by itself. */
    static Optional<String> obstacle(PlannedQuery plan, InputChanges changes) {
        return pathColumn(plan, changes).isPresent()
                ? Optional.empty()
                : Repeatability.of(plan)
                        .ofFiles()
                        .map(call ->
                                call + " reads files, and no column says from which one a row came (file.path does)");
    }

    /** Finds the rows that go; the answer is why that, or all of it, is not possible. */
    Optional<String> prepare() {
        Optional<String> path = pathColumn(plan, changes);
        changes.versions().forEach(deltas::add);
        if (deltas.removedRows() == 0) {
            return Optional.empty();
        }
        RemovedRows rows = path.isPresent() ? ofFiles(path.get()) : ofRows();
        for (DataFile file : base.files()) {
            BitSet positions = rows.in(file);
            if (!positions.isEmpty()) {
                removed.put(file.path(), positions);
                removedRows += positions.cardinality();
            }
        }
        return rows.isComplete()
                ? Optional.empty()
                : Optional.of("the last version lacks rows that the statement yields for its inputs of then");
    }

    /** The column that holds the path of the file that a row came of, if the statement reads one listing once and nothing else. */
    private static Optional<String> pathColumn(PlannedQuery plan, InputChanges changes) {
        if (plan.sources().size() != 1
                || changes.versions().size() != 1
                || Repeatability.of(plan).unites()
                || plan.sources().get(0).inputs().isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<ColumnLineage>> origins =
                plan.columnLineage().stream().collect(Collectors.groupingBy(ColumnLineage::column));
        return origins.entrySet().stream()
                .filter(column -> column.getValue().size() == 1)
                .filter(column -> column.getValue().get(0).derivation() == ColumnLineage.Derivation.IDENTITY)
                .filter(column -> column.getValue().get(0).parentColumn().equals("file.path"))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private RemovedRows ofFiles(String column) {
        RemovedRows rows =
                RemovedRows.ofKeys(context.store(), base, List.of(base.schema().indexOf(column)));
        try (BatchSource paths = deltas.removedPaths()) {
            rows.take(paths);
        }
        return rows;
    }

    private RemovedRows ofRows() {
        RemovedRows rows = RemovedRows.ofRows(context.store(), base);
        try (BatchSource gone = changed(deltas.removed())) {
            rows.take(gone);
        }
        return rows;
    }

    /** The statement's rows for a part of its inputs; those that did not change take no part. */
    private RunningQuery changed(Map<String, BatchTable> parts) {
        PlannedQuery ofParts = rerun.plan(names -> plan.found().tables().forEach((name, table) -> {
            BatchTable part = parts.get(name);
            names.fix(name, part == null ? deltas.none(table) : part);
        }));
        return deposit.query(ofParts, rerun.arguments(ofParts));
    }

    /** Deposits the next version. */
    Refresh.Outcome deposit(Refresh refresh) {
        Schema schema = StoredColumns.either(base.schema(), plan.schema());
        DraftRequest request = DraftRequest.replace(base.name(), schema).withDeclaredNotNull(base.declaredNotNull());
        try (VersionDraft draft = deposit.begin(request)) {
            draft.buildOn(base);
            ContentHash hash = new ContentHash(base.schema(), false);
            List<DataFile> written = new ArrayList<>();
            for (DataFile file : base.files()) {
                BitSet positions = removed.get(file.path());
                if (positions == null) {
                    draft.share(file);
                } else {
                    written.addAll(rewrite(draft, schema, file, positions, hash));
                }
            }
            long added = 0;
            if (deltas.addedRows() > 0) {
                try (RunningQuery query = changed(deltas.added())) {
                    HashedRows rows = HashedRows.of(query, base.schema(), false);
                    List<DataFile> files = deposit.write(draft, schema, rows);
                    files.forEach(draft::add);
                    hash.add(rows.hash());
                    written.addAll(files);
                    added = files.stream().mapToLong(DataFile::rowCount).sum();
                }
            }
            DatasetVersion version = deposit.commit(
                    draft,
                    refresh.provenance(plan)
                            .withContentHash(
                                    base.contentHash().flatMap(hash::textAfter).orElse(null)));
            return new Refresh.Outcome(
                    version, Refresh.Mode.INCREMENTAL, reason(added), added + removedRows, Refresh.bytes(written));
        }
    }

    private List<DataFile> rewrite(
            VersionDraft draft, Schema schema, DataFile file, BitSet positions, ContentHash hash) {
        try (BatchSource rest = RemovedRows.rest(context.store(), base, file, positions, hash)) {
            List<DataFile> files = deposit.write(draft, schema, rest);
            files.forEach(draft::add);
            return files;
        }
    }

    private String reason(long added) {
        return RefreshPlan.told(changes) + ": " + added + " rows added, " + removedRows + " removed";
    }

    @Override
    public void close() {
        deltas.close();
    }
}
