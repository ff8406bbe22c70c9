// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.ListingState;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.udf.ListingTable;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps listings of folders and buckets as datasets, so that what a deposit has listed stays known: a listing whose
 * fingerprint is that of the newest version is that version, any other becomes the next one.
 */
final class Listings implements StatementCatalog.ListingKeeper {
    private final StatementContext context;

    Listings(StatementContext context) {
        this.context = context;
    }

    @Override
    public BatchTable keep(String displayName, ListingTable listing) {
        try {
            return new KeptListing(displayName, listing, Optional.of(version(listing)));
        } catch (DatasetDbException e) {
            if (e.code() != RegistryError.READ_ONLY && e.code() != RegistryError.DISK_FULL) {
                throw e;
            }
            // Whoever may not or cannot write may still look.
            return new KeptListing(displayName, listing, Optional.empty());
        }
    }

    private DatasetVersion version(ListingTable listing) {
        Optional<DatasetVersion> known = context.registry()
                .listing(listing.location())
                .filter(state -> state.fingerprint().equals(listing.fingerprint()))
                .map(ListingState::version);
        if (known.isPresent()) {
            context.registry().confirmListing(listing.location(), listing.fingerprint());
            return known.get();
        }
        return deposit(listing);
    }

    private DatasetVersion deposit(ListingTable listing) {
        Instant startedAt = Instant.now();
        Schema schema = listing.schema();
        List<ColumnPath> columns =
                schema.fields().stream().map(Field::name).map(ColumnPath::of).toList();
        DraftRequest request = DraftRequest.listing(listing.location(), listing.fingerprint(), schema);
        try (VersionDraft draft = context.registry().begin(request);
                DatasetWriter writer = context.store().writer(draft.folder(), schema, WriteOptions.DEFAULT)) {
            Scan scan = listing.scan(ScanRequest.of(columns));
            for (Scan.Split split : scan.splits()) {
                try (BatchSource source = scan.open(split)) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        writer.write(batch);
                    }
                }
            }
            writer.finish().forEach(draft::add);
            return draft.commit(new Provenance(
                    null,
                    null,
                    null,
                    context.options().author(),
                    context.options().client(),
                    startedAt,
                    Instant.now(),
                    Engine.version(),
                    List.of(new io.datasetdb.registry.Dependency.OnStorage(listing.location(), null)),
                    List.of(),
                    List.of(),
                    List.of(),
                    listing.fingerprint(),
                    null));
        }
    }

    /** The rows come from memory, where they already are; the version is what lineage refers to. */
    private record KeptListing(String displayName, ListingTable listing, Optional<DatasetVersion> version)
            implements BatchTable {
        @Override
        public Optional<String> function() {
            return Optional.of("list_storage");
        }

        @Override
        public Schema schema() {
            return listing.schema();
        }

        @Override
        public long rowCount() {
            return listing.rowCount();
        }

        @Override
        public Scan scan(ScanRequest request) {
            return listing.scan(request);
        }

        @Override
        public List<String> inputs() {
            return listing.inputs();
        }
    }
}
