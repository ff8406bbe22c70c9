// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.ColumnLineage;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Dependency;
import io.datasetdb.registry.Provenance;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.sql.schema.DatasetTable;
import io.datasetdb.sql.schema.TemporaryTable;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a version was made from that changes another: that one, from which all columns come, and what the statement read. */
final class ChangeProvenance {
    private record Origin(String column, Object parent, String parentColumn) {}

    private ChangeProvenance() {}

    /**
     * The provenance of the next version.
     *
     * @param statement what the plan of the added or changed rows tells; columns that are none of the dataset's are left out
     * @param base the version that was changed
     * @param changes the rows that were added to its rows and removed from them
     */
    static Provenance of(Provenance statement, DatasetVersion base, ContentHash changes) {
        List<ColumnLineage> origins = base.schema().fields().stream()
                .map(field ->
                        new ColumnLineage(field.name(), base.ref(), field.name(), ColumnLineage.Derivation.IDENTITY))
                .toList();
        return of(statement, base.schema(), List.of(new Dependency.OnDataset(base.ref())), origins)
                .withContentHash(base.contentHash().flatMap(changes::textAfter).orElse(null));
    }

    /** As the other for a temporary dataset, which is made from what it was made from before and what the statement read. */
    static Provenance of(Provenance statement, TemporaryTable base) {
        Provenance before = base.provenance();
        return of(statement, base.columns(), before.dependencies(), before.columnLineage())
                .withUses(
                        both(before.params(), statement.params()),
                        both(before.functionUses(), statement.functionUses()));
    }

    /** The elements of both lists, each once. */
    static <T> List<T> both(List<T> before, List<T> now) {
        Set<T> all = new LinkedHashSet<>(before);
        all.addAll(now);
        return List.copyOf(all);
    }

    private static Provenance of(
            Provenance statement, Schema schema, List<Dependency> before, List<ColumnLineage> origins) {
        Map<Origin, ColumnLineage> lineage = new LinkedHashMap<>();
        origins.forEach(origin -> add(lineage, origin));
        statement.columnLineage().stream()
                .filter(origin -> schema.indexOf(origin.column()) >= 0)
                .filter(origin -> !origin.parentColumn().equals(DatasetTable.ROW_NUMBER))
                .forEach(origin -> add(lineage, origin));
        return statement
                .withDependencies(both(before, statement.dependencies()))
                .withColumnLineage(new ArrayList<>(lineage.values()));
    }

    /** Of one origin the strongest derivation counts. */
    private static void add(Map<Origin, ColumnLineage> lineage, ColumnLineage origin) {
        Object parent = origin.parent() == null ? "" : origin.parent();
        lineage.merge(
                new Origin(origin.column(), parent, origin.parentColumn()),
                origin,
                (left, right) -> left.derivation().compareTo(right.derivation()) >= 0 ? left : right);
    }
}
