// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import io.datasetdb.registry.Dataset;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Direction;
import io.datasetdb.registry.LineageRow;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.VersionState;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.Scan;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that there is to say about a version on one page of Markdown: for people, and for programs that read like them. */
final class VersionPage {
    private static final int PREVIEW_ROWS = 20;
    private static final int LINEAGE_DEPTH = 3;
    private static final int LINEAGE_LINES = 50;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Registry registry;
    private final RegistryFunctions.Versions versions;
    private final DatasetVersion version;
    private final Optional<Dataset> dataset;
    private final boolean isDropped;
    private final StringBuilder page = new StringBuilder();

    VersionPage(Registry registry, RegistryFunctions.Versions versions, DatasetVersion version) {
        this.registry = registry;
        this.versions = versions;
        this.version = version;
        this.dataset = registry.dataset(version.name());
        this.isDropped = version.state() == VersionState.DROPPED;
    }

    String text() {
        page.append("# ").append(version).append("\n\n");
        dataset.map(Dataset::comment).ifPresent(comment -> page.append(comment).append("\n\n"));
        facts();
        columns();
        preview();
        lineage("Made from", Direction.UP);
        lineage("Used by", Direction.DOWN);
        version.statement().ifPresent(statement -> section("Statement").append(fenced(statement)));
        previous()
                .ifPresent(before -> section("Changes since " + before.version())
                        .append(String.join("", new VersionChanges(before, version).lines())));
        return page.toString();
    }

    private StringBuilder section(String title) {
        return page.append("\n## ").append(title).append("\n\n");
    }

    private void facts() {
        fact("rows", version.rowCount());
        fact(
                "bytes",
                version.byteSize() + " in " + version.fileCount() + (version.fileCount() == 1 ? " file" : " files"));
        fact("author", version.author());
        fact("created", time(version.createdAt()) + ", in " + version.duration().toMillis() + " ms");
        version.droppedAt().ifPresent(dropped -> fact("dropped", time(dropped)));
        version.scriptName().ifPresent(script -> fact("script", script));
        Map<String, String> labels = dataset.map(Dataset::labels).orElse(Map.of());
        if (!labels.isEmpty()) {
            fact(
                    "labels",
                    labels.entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void fact(String name, Object value) {
        page.append("- ").append(name).append(": ").append(value).append('\n');
    }

    private static String time(java.time.Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).format(SECONDS) + " UTC";
    }

    private void columns() {
        Map<String, ColumnStatistics> known = isDropped
                ? Map.of()
                : version.statistics().stream()
                        .filter(column -> column.column().names().size() == 1)
                        .collect(Collectors.toMap(
                                column -> column.column().names().get(0), column -> column));
        Map<String, String> comments = dataset.map(Dataset::columnComments).orElse(Map.of());
        MarkdownTable table =
                new MarkdownTable(List.of("column", "type", "nulls", "least", "greatest", "distinct", "comment"));
        for (Field field : version.schema().fields()) {
            ColumnStatistics column = known.get(field.name());
            table.row(Arrays.asList(
                    field.name(),
                    field.type().sql() + (field.nullable() ? "" : " NOT NULL"),
                    column == null || column.nullCount() < 0 ? "" : column.nullCount(),
                    column == null || column.min() == null ? "" : column.min(),
                    column == null || column.max() == null ? "" : column.max(),
                    column == null || column.distinctEstimate() < 0 ? "" : column.distinctEstimate(),
                    Objects.requireNonNullElse(comments.get(DatasetName.key(field.name())), "")));
        }
        section("Columns").append(table);
    }

    private void preview() {
        if (isDropped) {
            return;
        }
        long shown = Math.min(PREVIEW_ROWS, version.rowCount());
        MarkdownTable table = new MarkdownTable(
                version.schema().fields().stream().map(Field::name).toList());
        firstRows().forEach(table::row);
        section("First rows (" + shown + " of " + version.rowCount() + ")").append(table);
    }

    private List<List<@Nullable Object>> firstRows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Scan scan = versions.rows(version);
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    for (int i = 0; i < batch.size(); i++) {
                        if (rows.size() == PREVIEW_ROWS) {
                            return rows;
                        }
                        int position = batch.selection().position(i);
                        List<@Nullable Object> row = new ArrayList<>();
                        for (Vector column : batch.columns()) {
                            row.add(column.getObject(position));
                        }
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private void lineage(String title, Direction direction) {
        List<LineageRow> edges = registry.lineage(version, direction, LINEAGE_DEPTH);
        if (edges.isEmpty()) {
            return;
        }
        section(title);
        for (LineageRow edge : edges.subList(0, Math.min(LINEAGE_LINES, edges.size()))) {
            page.append("  ".repeat(edge.depth() - 1))
                    .append("- ")
                    .append(edge.uri() == null ? edge.node() : edge.uri());
            page.append(edge.depth() == 1 ? "\n" : " (by way of " + edge.via() + ")\n");
        }
        if (edges.size() > LINEAGE_LINES) {
            page.append("- and ").append(edges.size() - LINEAGE_LINES).append(" more\n");
        }
    }

    /** A fence is longer than any run of its character inside. */
    private static String fenced(String statement) {
        String fence = "```";
        while (statement.contains(fence)) {
            fence += "`";
        }
        return fence + "sql\n" + statement + "\n" + fence + "\n";
    }

    /** The version with the next lower number, dropped or not. */
    private Optional<DatasetVersion> previous() {
        return registry.versions(version.name()).stream()
                .filter(other -> other.version().number() < version.version().number())
                .findFirst();
    }
}
