// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.DatasetTable;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The deposit of IF CHANGED: writes and hashes the rows and gives them up if the newest version holds the same, which then
 * gets the comment, labels and metrics of the statement, all of them or none. That one's hash is taken from the registry, or
 * from its rows if the registry knows none, as of versions of earlier releases, or not that of their order.
 *
 * @param ordered whether the statement orders its rows, so that other rows are those in another order too
 */
record ChangedContent(StatementContext context, DraftRequest request, boolean ordered) {
    StatementResult run(Deposit deposit, PlannedQuery plan, List<@Nullable Object> arguments) {
        try (VersionDraft draft = deposit.begin(request);
                HashedRows rows = HashedRows.of(deposit, plan, arguments, request.schema(), ordered)) {
            List<DataFile> files = deposit.write(draft, request.schema(), rows);
            files.forEach(draft::add);
            long rowCount = files.stream().mapToLong(DataFile::rowCount).sum();
            ContentHash hash = rows.hash();
            while (true) {
                Optional<DatasetVersion> last = context.registry().find(request.name(), VersionSelector.LATEST);
                last.ifPresentOrElse(draft::buildOn, draft::buildOnNothing);
                Provenance provenance = deposit.provenance(plan, arguments).withContentHash(hash.text());
                try {
                    if (last.isPresent() && isSame(last.get(), rowCount, hash)) {
                        deposit.describeBase(draft, provenance);
                        return DepositResult.of(last.get(), 0, 0, deposit.startedAt());
                    }
                    DatasetVersion version = deposit.commit(draft, provenance);
                    return DepositResult.of(version, version.rowCount(), version.byteSize(), deposit.startedAt());
                } catch (DatasetDbException e) {
                    // Somebody else has deposited meanwhile, perhaps the same.
                    if (e.code() != RegistryError.CONFLICT) {
                        throw e;
                    }
                }
            }
        }
    }

    private boolean isSame(DatasetVersion last, long rowCount, ContentHash hash) {
        if (last.rowCount() != rowCount || !ChangedRows.sameColumns(last.schema(), request.schema())) {
            return false;
        }
        String stored = last.contentHash()
                .filter(hash::isComparable)
                .orElseGet(() -> hashOf(last).text());
        return hash.isSame(stored);
    }

    private ContentHash hashOf(DatasetVersion version) {
        ContentHash hash = new ContentHash(version.schema(), ordered);
        List<ColumnPath> columns = version.schema().fields().stream()
                .map(Field::name)
                .map(ColumnPath::of)
                .toList();
        ScanRequest request = new ScanRequest(columns, null, false);
        Scan scan = DatasetTable.scan(context.store(), version, version.files(), request);
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    hash.add(batch);
                }
            }
        }
        return hash;
    }
}
