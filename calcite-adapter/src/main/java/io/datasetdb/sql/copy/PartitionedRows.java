// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.cast.ValueText;
import io.datasetdb.store.Storage;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a folder of files in the layout of Hive, {@code a=1/b=x/part-0.parquet}, where the values of the partitions are in the
 * names of folders and nowhere else. The rows come sorted by the partitions, so that one file is open at a time. On a local
 * disk the folder appears as a whole; elsewhere its files appear as they are written, and go again if one cannot be.
 */
final class PartitionedRows implements CopiedRows {
    private static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";

    private final CopyTarget target;
    private final CopyOptions options;
    private final Schema schema;
    private final List<Integer> keys;
    private final List<Integer> kept;
    private final String folder;
    private final String name = "part-" + UUID.randomUUID();
    private final List<String> old = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private List<String> values = List.of();
    private @Nullable RowFile current;
    private long bytes;
    private boolean finished;

    /** @param schema of the rows, which has all partitions and at least one column more */
    PartitionedRows(CopyTarget target, Schema schema, CopyOptions options) {
        this.target = target;
        this.options = options;
        this.schema = schema;
        this.keys = options.partitions().stream().map(schema::indexOf).toList();
        this.kept = java.util.stream.IntStream.range(0, schema.size())
                .filter(i -> !keys.contains(i))
                .boxed()
                .toList();
        this.folder = target.isLocal() ? hidden(target.location()) : target.location();
        if (!target.isLocal() && options.overwrite()) {
            listOld();
        }
    }

    private static String hidden(String location) {
        int slash = location.lastIndexOf('/') + 1;
        return location.substring(0, slash) + "." + location.substring(slash) + "." + UUID.randomUUID() + ".tmp";
    }

    private void listOld() {
        try {
            storage().list(folder, entry -> old.add(entry.source() + "/" + entry.path()));
        } catch (DatasetDbException e) {
            if (e.code() != StoreError.FILE_NOT_FOUND) {
                throw e;
            }
        }
    }

    private Storage storage() {
        return target.store().storage();
    }

    /** Rows of which none belongs to a partition before that of the last one. */
    @Override
    public void write(Batch batch) {
        int from = 0;
        while (from < batch.size()) {
            List<String> first = values(batch, from);
            int to = from + 1;
            while (to < batch.size() && values(batch, to).equals(first)) {
                to++;
            }
            file(first).write(part(batch, from, to));
            from = to;
        }
    }

    private Batch part(Batch batch, int from, int to) {
        List<Vector> columns = kept.stream().map(batch.columns()::get).toList();
        int[] positions = new int[to - from];
        Arrays.setAll(positions, i -> batch.selection().position(from + i));
        return new Batch(columns, batch.rowCount(), Selection.of(positions, positions.length));
    }

    private List<String> values(Batch batch, int row) {
        int position = batch.selection().position(row);
        List<String> result = new ArrayList<>();
        for (int key : keys) {
            Vector column = batch.columns().get(key);
            StringBuilder text = new StringBuilder();
            if (column.isNull(position)) {
                text.append(NULL_VALUE);
            } else {
                ValueText.append(text, column, position);
            }
            boolean looksLikeNull = !column.isNull(position) && NULL_VALUE.contentEquals(text);
            result.add(looksLikeNull ? "%5F" + NULL_VALUE.substring(1) : encoded(text.toString()));
        }
        return result;
    }

    private RowFile file(List<String> wanted) {
        RowFile known = current;
        if (known != null && values.equals(wanted)) {
            return known;
        }
        finishFile();
        StringBuilder location = new StringBuilder(folder);
        for (int i = 0; i < keys.size(); i++) {
            String key = schema.field(keys.get(i)).name();
            location.append('/').append(encoded(key)).append('=').append(wanted.get(i));
        }
        location.append('/').append(name).append(options.suffix());
        List<Field> fields = kept.stream().map(schema::field).toList();
        RowFile begun = RowFile.begin(target.store(), location.toString(), new Schema(fields), options, false);
        current = begun;
        values = wanted;
        written.add(location.toString());
        return begun;
    }

    private void finishFile() {
        if (current != null) {
            bytes += current.finish();
            current = null;
        }
    }

    @Override
    public long finish() {
        finishFile();
        if (target.isLocal() && !written.isEmpty()) {
            storage().moveFolder(folder, target.location(), options.overwrite());
        } else if (target.isLocal() && options.overwrite()) {
            storage().delete(target.location());
        }
        old.forEach(storage()::delete);
        finished = true;
        return bytes;
    }

    @Override
    public int fileCount() {
        return written.size();
    }

    /** Leaves nothing unless the folder is complete. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            if (current != null) {
                current.close();
            }
        } finally {
            if (target.isLocal()) {
                storage().delete(folder);
            } else {
                written.forEach(storage()::delete);
            }
        }
    }

    /** What a folder cannot be called is written as in a URL, which readers undo. */
    private static String encoded(String text) {
        StringBuilder result = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-_.".indexOf(b) >= 0;
            if (plain) {
                result.append((char) b);
            } else {
                result.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return result.toString();
    }
}
