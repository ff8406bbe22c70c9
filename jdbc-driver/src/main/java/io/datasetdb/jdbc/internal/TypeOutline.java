// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types as far as {@link JdbcTypes} tells them apart, from the text that {@link DataType#sql()} writes. */
public final class TypeOutline {
    private static final DataType ANY = DataType.VARCHAR;

    private static final Map<String, DataType> SIMPLE = Stream.of(
                    DataType.BOOLEAN,
                    DataType.TINYINT,
                    DataType.SMALLINT,
                    DataType.INTEGER,
                    DataType.BIGINT,
                    DataType.REAL,
                    DataType.DOUBLE,
                    DataType.VARCHAR,
                    DataType.VARBINARY,
                    DataType.DATE,
                    DataType.TIME,
                    DataType.TIMESTAMP,
                    DataType.TIMESTAMP_LTZ,
                    DataType.UUID,
                    DataType.NULL)
            .collect(Collectors.toUnmodifiableMap(DataType::sql, Function.identity()));

    private TypeOutline() {}

    /** The type; what is inside of an array, map or row does not count. */
    public static DataType of(String sql) {
        if (sql.endsWith(" ARRAY")) {
            return DataType.array(ANY);
        }
        if (sql.startsWith("MAP<")) {
            return DataType.map(ANY, ANY);
        }
        if (sql.startsWith("ROW(")) {
            return DataType.row(Field.of("any", ANY));
        }
        if (sql.startsWith("DECIMAL(")) {
            List<String> numbers =
                    List.of(sql.substring("DECIMAL(".length(), sql.indexOf(')')).split(", *"));
            return DataType.decimal(
                    Integer.parseInt(numbers.get(0)), numbers.size() > 1 ? Integer.parseInt(numbers.get(1)) : 0);
        }
        return SIMPLE.getOrDefault(sql, ANY);
    }
}
