// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One refresh of a dataset: finds out what has changed, what of it has to be computed, and deposits that. */
final class Refresh {
    /** How the next version came about. */
    enum Mode {
        /** There is none, because it would hold the same rows. */
        UNCHANGED,
        /** From the last one and what changed in the inputs. */
        INCREMENTAL,
        /** From the inputs alone. */
        FULL
    }

    /**
     * What came of it.
     *
     * @param version the next one, or the one that stays
     * @param rows that were deposited, or added and removed
     * @param bytes that were written
     */
    record Outcome(DatasetVersion version, Mode mode, String reason, long rows, long bytes) {}

    private final StatementContext context;
    private final Deposit deposit;
    private final DatasetVersion base;
    private final Rerun rerun;

    Refresh(StatementContext context, Deposit deposit, DatasetVersion base) {
        this.context = context;
        this.deposit = deposit;
        this.base = base;
        this.rerun = Rerun.of(context, "refresh", base);
    }

    Outcome run(boolean full) {
        RefreshPlan refresh = RefreshPlan.of(rerun, base, full);
        if (refresh.mode() != Mode.UNCHANGED) {
            refresh.metrics().ifPresent(deposit::measure);
        }
        return switch (refresh.mode()) {
            case UNCHANGED -> new Outcome(base, Mode.UNCHANGED, refresh.reason(), 0, 0);
            case FULL -> full(refresh.plan(), refresh.reason());
            case INCREMENTAL -> incremental(refresh);
        };
    }

    private Outcome incremental(RefreshPlan refresh) {
        try (IncrementalRefresh increment =
                new IncrementalRefresh(context, deposit, rerun, base, refresh.plan(), refresh.changes())) {
            Optional<String> late = increment.prepare();
            return late.isPresent() ? full(refresh.plan(), late.get()) : increment.deposit(this);
        }
    }

    private Outcome full(PlannedQuery plan, String reason) {
        Schema schema = StoredColumns.checked(base.name(), plan.schema());
        List<@Nullable Object> arguments = rerun.arguments(plan);
        try (VersionDraft draft = deposit.begin(DraftRequest.replace(base.name(), schema));
                HashedRows rows = HashedRows.of(deposit, plan, arguments, schema, rerun.isOrdered())) {
            draft.buildOn(base);
            List<DataFile> files = deposit.write(draft, schema, rows);
            files.forEach(draft::add);
            DatasetVersion version = deposit.commit(
                    draft, provenance(plan).withContentHash(rows.hash().text()));
            return new Outcome(version, Mode.FULL, reason, version.rowCount(), bytes(files));
        }
    }

    static long bytes(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::byteSize).sum();
    }

    /** That of the statement that was run again, on the inputs of today. */
    Provenance provenance(PlannedQuery plan) {
        Recipe again = Recipes.of(rerun.context(), plan);
        Recipe recipe =
                new Recipe(again.namespace(), again.project(), context.options().user(), again.inputs());
        return deposit.provenance(plan, rerun.arguments(plan))
                .withStatement(rerun.provenance().statement())
                .withRecipe(recipe);
    }
}
