// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Direction;
import io.datasetdb.registry.DropMode;
import io.datasetdb.registry.LineageRow;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.SystemTable;
import io.datasetdb.registry.SystemTables;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.registry.VersionState;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registry of a warehouse in this process. */
record WarehouseCatalog(Registry registry) implements Catalog {
    @Override
    public String namespace() {
        return DatasetName.DEFAULT_NAMESPACE;
    }

    @Override
    public String project() {
        return DatasetName.DEFAULT_PROJECT;
    }

    @Override
    public List<List<@Nullable Object>> rows(String table, Schema columns, Map<String, String> equal, String order) {
        SystemTable found = SystemTables.find(table).orElseThrow();
        List<ColumnPath> paths = new ArrayList<>();
        columns.fields().forEach(field -> paths.add(ColumnPath.of(field.name())));
        List<Predicate> conditions = new ArrayList<>();
        equal.forEach((column, value) -> {
            conditions.add(new Predicate.Comparison(ColumnPath.of(column), Predicate.Operator.EQUAL, value));
            paths.add(ColumnPath.of(column));
        });
        List<ScanRequest.Key> keys = Arrays.stream(order.split(", ", -1))
                .map(column -> new ScanRequest.Key(ColumnPath.of(column), true, false))
                .toList();
        ScanRequest request = new ScanRequest(
                paths,
                conditions.isEmpty() ? null : new Predicate.And(conditions),
                false,
                new ScanRequest.FirstRows(keys, Long.MAX_VALUE));
        List<String> wanted = List.copyOf(equal.values());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchSource source = found.rows(registry, request, List.of())) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    @Nullable Object[] row = new @Nullable Object[paths.size()];
                    for (int c = 0; c < row.length; c++) {
                        row[c] = batch.column(c).getObject(i);
                    }
                    List<@Nullable Object> all = Arrays.asList(row);
                    if (all.subList(columns.size(), row.length).equals(wanted)) {
                        rows.add(all.subList(0, columns.size()));
                    }
                }
            }
        }
        return rows;
    }

    @Override
    public Found find(NameArgument argument) {
        try {
            return found(registry.resolve(argument.name(), argument.selector()));
        } catch (DatasetDbException e) {
            return registry.versions(argument.name()).stream()
                    .filter(version -> means(argument, version))
                    .findFirst()
                    .map(WarehouseCatalog::found)
                    .orElseThrow(() -> e);
        }
    }

    private static boolean means(NameArgument argument, DatasetVersion version) {
        return !argument.hasVersion()
                || argument.selector() instanceof VersionSelector.Exact exact
                        && exact.version().equals(version.version());
    }

    private static Found found(DatasetVersion version) {
        return new Found(version.name(), version.version().toString(), version.state() == VersionState.DROPPED);
    }

    @Override
    public List<List<@Nullable Object>> lineage(Found version, Direction direction, int depth) {
        VersionSelector selector = VersionSelector.parse(version.version());
        DatasetVersion start = registry.versions(version.name()).stream()
                .filter(each -> selector instanceof VersionSelector.Exact exact
                        && exact.version().equals(each.version()))
                .findFirst()
                .orElseThrow();
        return registry.lineage(start, direction, depth).stream()
                .map(WarehouseCatalog::row)
                .toList();
    }

    private static List<@Nullable Object> row(LineageRow edge) {
        VersionRef node = edge.node();
        return Arrays.asList(
                edge.depth(),
                node == null ? null : node.name().namespace(),
                node == null ? null : node.name().project(),
                node == null ? null : node.name().name(),
                node == null ? null : node.version().toString(),
                edge.kind().name(),
                edge.uri(),
                String.valueOf(edge.via()));
    }

    @Override
    public void drop(NameArgument argument, boolean purge) {
        Optional<VersionSelector> selector =
                argument.hasVersion() ? Optional.of(argument.selector()) : Optional.empty();
        registry.remove(registry.drop(argument.name(), selector, purge ? DropMode.PURGE : DropMode.KEEP_FILES)
                .removals());
    }

    @Override
    public void rename(DatasetName from, DatasetName to) {
        registry.rename(from, to);
    }

    @Override
    public void setComment(DatasetName name, String comment) {
        registry.setComment(name, comment.isEmpty() ? null : comment);
    }

    @Override
    public void addLabels(DatasetName name, Map<String, String> labels) {
        registry.resolve(name, VersionSelector.LATEST);
        Map<String, String> all =
                new LinkedHashMap<>(registry.dataset(name).orElseThrow().labels());
        all.putAll(labels);
        registry.setLabels(name, all);
    }

    @Override
    public void close() {
        registry.close();
    }
}
