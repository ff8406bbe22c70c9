// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Recipe;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.StatementCatalog;

/** What the names in the statement of a version mean now: the same datasets, whatever they are called by now. */
final class TodaysInputs {
    private final Rerun rerun;

    TodaysInputs(Rerun rerun) {
        this.rerun = rerun;
    }

    /** The plan of the statement on them. */
    PlannedQuery plan() {
        return rerun.plan(this::fix);
    }

    private void fix(StatementCatalog catalog) {
        for (Recipe.Input input : rerun.recipe().inputs()) {
            // Folders are listed anew, and times may come from the clock.
            boolean isCall = input.name().endsWith(")");
            if (input.version() != null && !isCall && !input.name().contains(StatementCatalog.AS_OF)) {
                catalog.fix(
                        input.name(), latest(input, rerun.context().registry().identified(input.version())));
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
