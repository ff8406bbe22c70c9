// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.registry.Registry;
import io.datasetdb.registry.SystemTable;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table of the registry schema; the columns asked for and the filter reach the registry's own SQL. */
record SystemBatchTable(SystemTable table, Registry registry) implements BatchTable {
    @Override
    public String displayName() {
        return StatementCatalog.SYSTEM_PROJECT + "." + table.name();
    }

    @Override
    public Schema schema() {
        return table.schema();
    }

    @Override
    public boolean matchesPatterns() {
        return true;
    }

    @Override
    public long rowCount() {
        return -1;
    }

    @Override
    public boolean usesOrder() {
        return true;
    }

    @Override
    public boolean meets(Predicate predicate) {
        return table.meets(predicate);
    }

    @Override
    public Scan scan(ScanRequest request) {
        return new SystemScan(table, registry, request);
    }

    private record WholeTable() implements Scan.Split {
        @Override
        public long rowCount() {
            return -1;
        }
    }

    private record SystemScan(SystemTable table, Registry registry, ScanRequest request) implements Scan {
        @Override
        public Schema schema() {
            // No system table has a ROW column, so that every path is a column.
            return new Schema(request.columns().stream()
                    .map(path -> table.schema()
                            .field(table.schema().indexOf(path.names().get(0))))
                    .toList());
        }

        @Override
        public List<Split> splits() {
            return List.of(new WholeTable());
        }

        @Override
        public BatchSource open(Split split) {
            return open(split, List.of(), new ScanCounters());
        }

        /** What a join above knows of the rows that it looks for reaches the SQL, too. */
        @Override
        public BatchSource open(Split split, List<RowFilter> filters, ScanCounters counters) {
            List<Predicate> known = new ArrayList<>();
            filters.forEach(filter -> Optional.ofNullable(filter.predicate()).ifPresent(known::add));
            return RowFilter.filtered(table.rows(registry, request, known), filters, counters);
        }
    }
}
