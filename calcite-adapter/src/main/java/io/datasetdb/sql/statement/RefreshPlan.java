// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.sql.plan.PlannedQuery;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a version is to be refreshed, as far as that is known before anything is read.
 *
 * @param plan of the statement on what its inputs are now
 * @param metrics of the statement, to be measured on its rows
 * @param changes of the inputs since the version was made
 * @param mode what to do; INCREMENTAL may turn out not to be possible
 * @param reason why that
 */
record RefreshPlan(
        PlannedQuery plan, Optional<ResultMetrics> metrics, InputChanges changes, Refresh.Mode mode, String reason) {
    /**
     * Looks at what became of the inputs of a version.
     *
     * @param full whether a full run was asked for
     */
    static RefreshPlan of(Rerun rerun, DatasetVersion base, boolean full) {
        TodaysInputs today = new TodaysInputs(rerun);
        PlannedQuery plan = today.plan();
        Optional<ResultMetrics> metrics = today.metrics(StoredColumns.checked(base.name(), plan.schema()));
        InputChanges changes = InputChanges.of(rerun, plan, metrics.map(ResultMetrics::planned));
        if (full) {
            return new RefreshPlan(plan, metrics, changes, Refresh.Mode.FULL, "FULL was asked for");
        }
        if (changes.isEmpty()) {
            String reason = "its inputs are those that version " + base.version() + " was made from";
            return new RefreshPlan(plan, metrics, changes, Refresh.Mode.UNCHANGED, reason);
        }
        Optional<String> obstacle = changes.obstacle(base)
                .or(() -> IncrementalRefresh.obstacle(plan, changes))
                .or(() -> changes.versions().stream()
                        .flatMap(changed -> InputDeltas.obstacle(changed).stream())
                        .findFirst());
        return obstacle.map(reason -> new RefreshPlan(plan, metrics, changes, Refresh.Mode.FULL, reason))
                .orElseGet(() -> new RefreshPlan(plan, metrics, changes, Refresh.Mode.INCREMENTAL, told(changes)));
    }

    /** Which inputs are others now. */
    static String told(InputChanges changes) {
        return changes.versions().stream()
                .map(changed -> changed.then() + " is " + changed.now().version() + " now")
                .collect(Collectors.joining(", "));
    }
}
