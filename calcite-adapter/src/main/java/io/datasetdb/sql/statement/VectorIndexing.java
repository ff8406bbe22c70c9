// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.VectorIndex;
import io.datasetdb.registry.VectorIndexFile;
import io.datasetdb.registry.VectorIndexes;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.exec.nearest.VectorIndexWriter;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the files of vector indexes, for a new index and for the files of a new version; each once. For one thread. */
final class VectorIndexing {
    private final StatementContext context;
    private final Cancellation cancellation;
    private final long deadline;
    private final IntSupplier nextPart;
    private final Map<Made, VectorIndexFile> made = new HashMap<>();

    /** What an index file was made of, and where it is. */
    private record Made(VectorIndex index, String dataPath, String folder) {}

    /**
     * @param deadline in {@link System#nanoTime}, 0 for none
     * @param nextPart numbers the files that are written
     */
    VectorIndexing(StatementContext context, Cancellation cancellation, long deadline, IntSupplier nextPart) {
        this.context = context;
        this.cancellation = cancellation;
        this.deadline = deadline;
        this.nextPart = nextPart;
    }

    /** Whether a column of this type can be indexed. */
    static boolean isVector(DataType type) {
        return type instanceof DataType.Array array
                && (array.element().equals(DataType.REAL) || array.element().equals(DataType.DOUBLE));
    }

    /** Makes what the dataset's indexes lack for the files of a draft, in the draft's folder, and tells the draft. */
    void cover(VersionDraft draft) {
        VectorIndexes indexes = context.registry().vectorIndexes();
        List<VectorIndex> known = indexes.of(draft.name());
        List<VectorIndexFile> files = new ArrayList<>();
        for (VectorIndex index : known) {
            int column = draft.schema().indexOf(index.column());
            if (column >= 0 && isVector(draft.schema().field(column).type())) {
                Set<String> indexed = indexes.indexed(index);
                draft.files().stream()
                        .filter(file -> !indexed.contains(file.path()))
                        .filter(file -> VectorIndexWriter.isWorth(file.rowCount()))
                        .forEach(file -> files.add(makeOrNone(index, file, draft)));
            }
        }
        draft.index(known, files);
    }

    /** A deposit does not fail for want of the memory that its index takes: what has none is read whole. */
    private VectorIndexFile makeOrNone(VectorIndex index, DataFile file, VersionDraft draft) {
        try {
            return make(index, file, draft.schema(), draft.folder());
        } catch (DatasetDbException e) {
            if (e.code() != KernelError.OUT_OF_MEMORY) {
                throw e;
            }
            return new VectorIndexFile(index, file.path(), file.rowCount(), null);
        }
    }

    /** Makes the index of a file of a version, in a folder. */
    VectorIndexFile make(VectorIndex index, DataFile file, DatasetVersion version, String folder) {
        Object reader = new Object();
        VersionReaders readers = context.running().readers();
        readers.begin(reader, Set.of(version.uuid()), version.folders());
        try {
            return make(index, file, version.schema(), folder);
        } finally {
            readers.end(reader);
        }
    }

    private VectorIndexFile make(VectorIndex index, DataFile file, Schema schema, String folder) {
        return made.computeIfAbsent(new Made(index, file.path(), folder), key -> {
            cancellation.check();
            try (Run run = run()) {
                String column = schema.field(schema.indexOf(index.column())).name();
                @Nullable
                DataFile written = new VectorIndexWriter(context.store(), run)
                        .write(file.path(), schema, column, folder, nextPart.getAsInt())
                        .orElse(null);
                return new VectorIndexFile(index, file.path(), file.rowCount(), written);
            }
        });
    }

    private Run run() {
        Settings settings = context.settings().get();
        long left = deadline == 0 ? 0 : Math.max(1, deadline - System.nanoTime());
        return new Run(
                Bindings.none(Instant.now()),
                left,
                settings,
                context.memory().child(settings.memoryLimit()),
                cancellation::isRequested,
                context.scheduler());
    }
}
