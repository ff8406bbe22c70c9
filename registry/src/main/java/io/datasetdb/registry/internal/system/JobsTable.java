// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.nullableNumber;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableTime;
import static io.datasetdb.registry.internal.system.SystemColumn.number;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.jobs}. */
final class JobsTable implements TableDefinition {
    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public String comment() {
        return "Executions that deposit, running or ended.";
    }

    @Override
    public List<SystemColumn> columns() {
        return List.of(
                text("job_id", "j.job_id"),
                nullableText("statement", "j.statement"),
                text("author", "j.author"),
                nullableText("client", "j.client"),
                text("state", "j.state"),
                number("rows_done", "j.rows_done"),
                nullableNumber("rows_total", "j.rows_total"),
                nullableText("error_code", "j.error_code"),
                nullableText("error_message", "j.error_message"),
                time("started_at", "j.started_at"),
                nullableTime("finished_at", "j.finished_at"));
    }

    @Override
    public String from() {
        return "jobs j";
    }

    @Override
    public boolean showsJobs() {
        return true;
    }
}
