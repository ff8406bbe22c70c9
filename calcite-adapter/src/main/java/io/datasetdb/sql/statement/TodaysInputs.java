// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the names in the statement of a version mean now: the same datasets, whatever they are called by now. */
final class TodaysInputs {
    private final Rerun rerun;

    TodaysInputs(Rerun rerun) {
        this.rerun = rerun;
    }

    /** The plan of the statement on them. */
    PlannedQuery plan() {
        rerun.checkQuery();
        PlannedQuery plan = rerun.plan(this::fix);
        if (rerun.provenance().recipe() != null) {
            checkNames(plan);
        }
        return plan;
    }

    /** The metrics of the statement, if there are any, to be measured on them. */
    Optional<ResultMetrics> metrics(Schema columns) {
        Optional<ResultMetrics> metrics = rerun.metrics(columns, this::fix);
        if (rerun.provenance().recipe() != null) {
            metrics.ifPresent(known -> checkNames(known.planned()));
        }
        return metrics;
    }

    /** A dataset takes part only if it did then, or if a view is another one now and reads it. */
    private void checkNames(PlannedQuery plan) {
        Map<String, Recipe.Input> then = new HashMap<>();
        rerun.recipe().inputs().forEach(input -> then.put(input.name(), input));
        boolean sameViews = plan.found().views().stream()
                .allMatch(view -> Recipes.isSame(
                        view, then.get(DatasetName.key(view.name().toString()))));
        plan.found().tables().forEach((name, table) -> {
            boolean isDataset = table.version().isPresent()
                    && !table.version().get().name().isSystem()
                    && !name.contains(StatementCatalog.AS_OF);
            if (isDataset && sameViews && !then.containsKey(name)) {
                throw rerun.unrecorded(name);
            }
        });
    }

    private void fix(StatementCatalog catalog) {
        for (Recipe.Input input : rerun.recipe().inputs()) {
            // Times may come from the clock.
            if (input.version() != null && !input.name().contains(StatementCatalog.AS_OF)) {
                DatasetVersion then = rerun.context().registry().identified(input.version());
                // Folders are listed anew.
                if (!then.name().isSystem()) {
                    catalog.fix(input.name(), () -> latest(input, then));
                }
            }
        }
    }

    private DatasetVersion latest(Recipe.Input input, DatasetVersion then) {
        DatasetName dataset = then.name();
        int at = input.name().indexOf('@');
        VersionSelector selector = at < 0
                ? VersionSelector.LATEST
                : VersionSelector.parse(input.name().substring(at + 1));
        return rerun.context()
                .registry()
                .find(dataset, selector)
                .orElseThrow(() -> rerun.error(
                        "its input " + dataset + (at < 0 ? "" : input.name().substring(at)) + " was dropped"));
    }
}
