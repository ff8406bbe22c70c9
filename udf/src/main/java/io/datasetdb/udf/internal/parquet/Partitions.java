// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.parquet;

import io.datasetdb.udf.internal.text.TextColumn;
import io.datasetdb.udf.internal.text.TextKind;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the folders around files say about their rows, in the layout of Hive: each folder named {@code key=value} gives
 * every row below it a value of the column {@code key}. Only if all files are below folders of the same keys.
 *
 * @param columns sorted by name; integers, dates and timestamps as such, everything else as text
 * @param values for each file a vector of one value for each column
 */
record Partitions(List<Field> columns, List<List<Vector>> values) {
    /** The value that stands for NULL. */
    private static final String NULL_VALUE = "__HIVE_DEFAULT_PARTITION__";

    static final Partitions NONE = new Partitions(List.of(), List.of());

    /** Finds the partitions of files at these locations. */
    static Partitions of(List<String> locations) {
        List<SortedMap<String, String>> texts = new ArrayList<>();
        for (String location : locations) {
            texts.add(pairs(location));
            if (!texts.get(0).keySet().equals(texts.get(texts.size() - 1).keySet())) {
                return NONE;
            }
        }
        List<Field> columns = new ArrayList<>();
        List<List<Vector>> values = new ArrayList<>();
        locations.forEach(location -> values.add(new ArrayList<>()));
        for (String key : texts.get(0).keySet()) {
            DataType type = type(texts.stream().map(pairs -> pairs.get(key)).toList());
            columns.add(Field.of(key, type));
            for (int i = 0; i < values.size(); i++) {
                values.get(i).add(value(type, texts.get(i).get(key)));
            }
        }
        return new Partitions(columns, values);
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** The ordinal of a column by its name, -1 if there is none. */
    int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private static SortedMap<String, String> pairs(String location) {
        SortedMap<String, String> result = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int end = location.lastIndexOf('/');
        for (String folder : location.substring(0, Math.max(0, end)).split("/")) {
            int equals = folder.indexOf('=');
            if (equals > 0) {
                result.put(decoded(folder.substring(0, equals)), folder.substring(equals + 1));
            }
        }
        return result;
    }

    /** Writers percent-encode what file names cannot hold. */
    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static DataType type(List<String> values) {
        TextKind.Classifier classifier = new TextKind.Classifier();
        Set<TextKind> kinds = EnumSet.noneOf(TextKind.class);
        for (String value : values) {
            if (!value.equals(NULL_VALUE)) {
                String text = decoded(value);
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                kinds.add(text.isBlank() ? TextKind.OTHER : classifier.classify(bytes, 0, bytes.length));
            }
        }
        if (kinds.equals(EnumSet.of(TextKind.INTEGER))) {
            return DataType.BIGINT;
        }
        if (kinds.equals(EnumSet.of(TextKind.DATE))) {
            return DataType.DATE;
        }
        boolean times = kinds.contains(TextKind.TIMESTAMP)
                && EnumSet.of(TextKind.DATE, TextKind.TIMESTAMP).containsAll(kinds);
        return times ? DataType.TIMESTAMP : DataType.VARCHAR;
    }

    /** Compared as it is written: a text that looks like the value for NULL is encoded. */
    private static Vector value(DataType type, @Nullable String written) {
        TextColumn column = TextColumn.of(type, TextColumn.Trust.GUESSED);
        boolean isNull = written == null || written.equals(NULL_VALUE);
        byte[] bytes = isNull ? new byte[0] : decoded(String.valueOf(written)).getBytes(StandardCharsets.UTF_8);
        if (isNull || !column.append(bytes, 0, bytes.length)) {
            column.appendNull();
        }
        return column.build();
    }
}
