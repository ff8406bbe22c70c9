// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.store.internal.parquet.NamedNode;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/** The statistics of a file's leaf columns over all of its row groups. */
final class FileStatistics {
    private final FileFooter footer;
    private final List<ColumnStatistics> result = new ArrayList<>();

    private FileStatistics(FileFooter footer) {
        this.footer = footer;
    }

    static List<ColumnStatistics> of(FileFooter footer) {
        FileStatistics statistics = new FileStatistics(footer);
        statistics.add(footer.columns(), List.of());
        return statistics.result;
    }

    private void add(List<NamedNode> level, List<String> parent) {
        for (NamedNode column : level) {
            List<String> path = new ArrayList<>(parent);
            path.add(column.name());
            if (column.node() instanceof ColumnNode.Leaf leaf) {
                result.add(merged(leaf, new ColumnPath(path)));
            } else if (column.node() instanceof ColumnNode.RowNode row) {
                add(row.fields(), path);
            }
        }
    }

    private ColumnStatistics merged(ColumnNode.Leaf leaf, ColumnPath path) {
        long nulls = 0;
        Object min = null;
        Object max = null;
        boolean bounded = true;
        for (RowGroupFooter rowGroup : footer.rowGroups()) {
            ColumnChunkMetaData chunk = rowGroup.chunk(leaf.descriptor().getPath());
            ColumnBounds bounds = chunk == null ? new ColumnBounds(null, null, -1, true) : ColumnBounds.of(leaf, chunk);
            nulls = nulls < 0 || bounds.nullCount() < 0 ? -1 : nulls + bounds.nullCount();
            if (bounds.min() != null && bounds.max() != null) {
                min = extreme(min, bounds.min(), -1);
                max = extreme(max, bounds.max(), 1);
            } else {
                bounded &= bounds.nullCount() == rowGroup.rowCount();
            }
        }
        DataType type = leaf.type();
        return new ColumnStatistics(
                path, nulls, bounded ? value(type, min) : null, bounded ? value(type, max) : null, -1);
    }

    private static Object extreme(@Nullable Object known, Object candidate, int sign) {
        Integer order = known == null ? null : BoundOrder.compare(candidate, known);
        return known == null || order != null && order * sign > 0 ? candidate : known;
    }

    /** A bound as the Java type of its column. */
    private static @Nullable Object value(DataType type, @Nullable Object bound) {
        if (bound == null) {
            return null;
        }
        return switch (type.kind()) {
            case TINYINT -> ((BigDecimal) bound).byteValueExact();
            case SMALLINT -> ((BigDecimal) bound).shortValueExact();
            case INTEGER -> ((BigDecimal) bound).intValueExact();
            case BIGINT -> ((BigDecimal) bound).longValueExact();
            case REAL -> ((Double) bound).floatValue();
            case VARCHAR -> text((byte[]) bound);
            case UUID -> {
                ByteBuffer bytes = ByteBuffer.wrap((byte[]) bound);
                yield bytes.remaining() == 16 ? new UUID(bytes.getLong(), bytes.getLong()) : null;
            }
            case BOOLEAN,
                    DOUBLE,
                    DECIMAL,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> bound;
        };
    }

    /** A string bound, unless it was cut off in the middle of a character and would come out as another. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
