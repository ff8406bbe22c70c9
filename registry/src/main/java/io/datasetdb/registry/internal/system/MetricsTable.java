// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.decimal;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.metrics}. */
final class MetricsTable implements TableDefinition {
    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public String comment() {
        return "Measurements recorded for versions.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                text("metric", "x.metric"),
                decimal("metric_value", "x.metric_value"),
                text("author", "x.author"),
                time("recorded_at", "x.recorded_at"));
    }

    @Override
    public String from() {
        return "metrics x";
    }

    @Override
    public List<Partner> partners() {
        return Joins.VERSION;
    }
}
