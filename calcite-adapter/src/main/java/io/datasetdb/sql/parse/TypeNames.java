// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Names that PostgreSQL, DuckDB and Trino have for our types beside those of the standard. */
public final class TypeNames {
    private static final Map<String, SqlTypeName> NAMES = Map.ofEntries(
            Map.entry("BOOL", SqlTypeName.BOOLEAN),
            Map.entry("INT1", SqlTypeName.TINYINT),
            Map.entry("INT2", SqlTypeName.SMALLINT),
            Map.entry("SHORT", SqlTypeName.SMALLINT),
            Map.entry("INT4", SqlTypeName.INTEGER),
            Map.entry("INT8", SqlTypeName.BIGINT),
            Map.entry("LONG", SqlTypeName.BIGINT),
            Map.entry("FLOAT4", SqlTypeName.REAL),
            Map.entry("FLOAT8", SqlTypeName.DOUBLE),
            Map.entry("TEXT", SqlTypeName.VARCHAR),
            Map.entry("STRING", SqlTypeName.VARCHAR),
            Map.entry("BPCHAR", SqlTypeName.VARCHAR),
            Map.entry("BYTEA", SqlTypeName.VARBINARY),
            Map.entry("BYTES", SqlTypeName.VARBINARY),
            Map.entry("BLOB", SqlTypeName.VARBINARY),
            Map.entry("DATETIME", SqlTypeName.TIMESTAMP),
            Map.entry("TIMESTAMPTZ", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE));

    /** Names of types before a string that Calcite's grammar knows no literal of. */
    static final Set<String> PREFIXES = Set.of(
            "TIMESTAMPTZ",
            "DATETIME",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "INT",
            "BIGINT",
            "REAL",
            "FLOAT",
            "DOUBLE",
            "NUMERIC",
            "BOOLEAN",
            "BOOL",
            "VARCHAR",
            "TEXT",
            "BYTEA",
            "BLOB");

    private TypeNames() {}

    /** The type that a name means, or a type to be looked up later if it is none of these. */
    public static SqlTypeNameSpec of(SqlIdentifier name, SqlParserPos pos) {
        SqlTypeName type = name.isSimple() ? NAMES.get(name.getSimple().toUpperCase(Locale.ROOT)) : null;
        return type == null ? new SqlUserDefinedTypeNameSpec(name, pos) : new SqlBasicTypeNameSpec(type, pos);
    }
}
