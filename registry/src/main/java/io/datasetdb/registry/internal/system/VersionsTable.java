// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import static io.datasetdb.registry.internal.system.SystemColumn.nullableText;
import static io.datasetdb.registry.internal.system.SystemColumn.nullableTime;
import static io.datasetdb.registry.internal.system.SystemColumn.number;
import static io.datasetdb.registry.internal.system.SystemColumn.text;
import static io.datasetdb.registry.internal.system.SystemColumn.time;

import java.util.List;

/** {@code registry.versions}. */
final class VersionsTable implements TableDefinition {
    @Override
    public String name() {
        return "versions";
    }

    @Override
    public String comment() {
        return "Versions of datasets and listings, dropped ones included, with how they were made.";
    }

    @Override
    public List<SystemColumn> columns() {
        return Joins.ofVersion(
                text("uuid", "v.uuid"),
                text("state", "v.state"),
                number("row_count", "v.row_count"),
                number("byte_size", "v.byte_size"),
                number("file_count", "v.file_count"),
                text("author", "v.author"),
                time("created_at", "v.created_at"),
                number("duration_ms", "v.duration_ms"),
                nullableText("statement", "v.statement"),
                nullableText("script", "s.body"),
                nullableText("script_name", "v.script_name"),
                nullableText("job_id", "v.job_id"),
                nullableText("content_hash", "v.content_hash"),
                nullableTime("dropped_at", "CASE WHEN v.state = 'DROPPED' THEN v.dropped_at END"));
    }

    @Override
    public String from() {
        return "versions v";
    }

    @Override
    public List<Partner> partners() {
        return Joins.concat(
                Joins.VERSION_NAMES, List.of(new Partner("s", "LEFT JOIN scripts s ON s.script_id = v.script_id")));
    }
}
