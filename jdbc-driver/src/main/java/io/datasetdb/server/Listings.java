// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.jdbc.internal.JdbcTypes;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.sql.SessionMetadata;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answers to DatabaseMetaData's questions, with the columns and the order that JDBC prescribes. */
final class Listings {
    private static final Field CAT = text("TABLE_CAT");
    private static final Field SCHEM = text("TABLE_SCHEM");
    private static final Field NAME = Field.required("TABLE_NAME", DataType.VARCHAR);
    private static final Field REMARKS = text("REMARKS");

    private final SessionMetadata metadata;
    private final WireForm form;

    /** Rows of a schema, values given as the Java types that {@link DataType} lists. */
    record Listing(Schema schema, List<List<@Nullable Object>> rows) {}

    Listings(SessionMetadata metadata, WireForm form) {
        this.metadata = metadata;
        this.form = form;
    }

    private static Field text(String name) {
        return Field.of(name, DataType.VARCHAR);
    }

    private static Field integer(String name) {
        return Field.of(name, DataType.INTEGER);
    }

    /** A pattern that matches just this name. */
    static @Nullable String literal(@Nullable String name) {
        return name == null
                ? null
                : name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    Listing catalogs() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        metadata.namespaces().stream().sorted().forEach(name -> rows.add(Arrays.asList(name)));
        return new Listing(Schema.of(Field.required("TABLE_CAT", DataType.VARCHAR)), rows);
    }

    Listing schemas(@Nullable String catalog, @Nullable String schemaPattern) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        metadata.projects(literal(catalog), schemaPattern).stream()
                .sorted(Comparator.comparing(SessionMetadata.Project::namespace)
                        .thenComparing(SessionMetadata.Project::project))
                .forEach(project -> rows.add(Arrays.asList(project.project(), project.namespace())));
        return new Listing(Schema.of(Field.required("TABLE_SCHEM", DataType.VARCHAR), text("TABLE_CATALOG")), rows);
    }

    Listing tableTypes() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (SessionMetadata.TableKind kind : SessionMetadata.TableKind.values()) {
            rows.add(Arrays.asList(type(kind)));
        }
        rows.sort(Comparator.comparing(row -> String.valueOf(row.get(0))));
        return new Listing(Schema.of(Field.required("TABLE_TYPE", DataType.VARCHAR)), rows);
    }

    private static String type(SessionMetadata.TableKind kind) {
        return switch (kind) {
            case TABLE -> "TABLE";
            case VIEW -> "VIEW";
            case SYSTEM_TABLE -> "SYSTEM TABLE";
        };
    }

    Listing tables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable List<String> types) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        metadata.tables(literal(catalog), schemaPattern, tablePattern).stream()
                .filter(table -> types == null || types.contains(type(table.kind())))
                .sorted(Comparator.comparing((SessionMetadata.Table table) -> type(table.kind()))
                        .thenComparing(SessionMetadata.Table::namespace)
                        .thenComparing(SessionMetadata.Table::project)
                        .thenComparing(SessionMetadata.Table::name))
                .forEach(table -> rows.add(Arrays.asList(
                        table.namespace(),
                        table.project(),
                        table.name(),
                        type(table.kind()),
                        table.comment(),
                        null,
                        null,
                        null,
                        null,
                        null)));
        return new Listing(
                Schema.of(
                        CAT,
                        SCHEM,
                        NAME,
                        Field.required("TABLE_TYPE", DataType.VARCHAR),
                        REMARKS,
                        text("TYPE_CAT"),
                        text("TYPE_SCHEM"),
                        text("TYPE_NAME"),
                        text("SELF_REFERENCING_COL_NAME"),
                        text("REF_GENERATION")),
                rows);
    }

    Listing columns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        metadata.columns(literal(catalog), schemaPattern, tablePattern, columnPattern).stream()
                .sorted(Comparator.comparing((SessionMetadata.Column column) ->
                                column.table().namespace())
                        .thenComparing(column -> column.table().project())
                        .thenComparing(column -> column.table().name())
                        .thenComparingInt(SessionMetadata.Column::ordinal))
                .forEach(column -> rows.add(column(column)));
        return new Listing(
                Schema.of(
                        CAT,
                        SCHEM,
                        NAME,
                        Field.required("COLUMN_NAME", DataType.VARCHAR),
                        integer("DATA_TYPE"),
                        text("TYPE_NAME"),
                        integer("COLUMN_SIZE"),
                        integer("BUFFER_LENGTH"),
                        integer("DECIMAL_DIGITS"),
                        integer("NUM_PREC_RADIX"),
                        integer("NULLABLE"),
                        REMARKS,
                        text("COLUMN_DEF"),
                        integer("SQL_DATA_TYPE"),
                        integer("SQL_DATETIME_SUB"),
                        integer("CHAR_OCTET_LENGTH"),
                        integer("ORDINAL_POSITION"),
                        text("IS_NULLABLE"),
                        text("SCOPE_CATALOG"),
                        text("SCOPE_SCHEMA"),
                        text("SCOPE_TABLE"),
                        Field.of("SOURCE_DATA_TYPE", DataType.SMALLINT),
                        text("IS_AUTOINCREMENT"),
                        text("IS_GENERATEDCOLUMN")),
                rows);
    }

    private List<@Nullable Object> column(SessionMetadata.Column column) {
        SessionMetadata.Table table = column.table();
        DataType type = column.field().type();
        boolean nullable = column.field().nullable();
        JdbcTypes.Facts facts = JdbcTypes.facts(JdbcTypes.visible(type, form));
        boolean bytes = type.kind() == DataType.Kind.VARCHAR || type.kind() == DataType.Kind.VARBINARY;
        return Arrays.asList(
                table.namespace(),
                table.project(),
                table.name(),
                column.field().name(),
                JdbcTypes.code(type, form),
                type.sql(),
                facts.precision(),
                null,
                facts.scale(),
                facts.radix() == 0 ? null : facts.radix(),
                nullable ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                column.comment(),
                null,
                null,
                null,
                bytes ? facts.precision() : null,
                column.ordinal(),
                nullable ? "YES" : "NO",
                null,
                null,
                null,
                null,
                "NO",
                "NO");
    }

    /** One row a scalar type, in the order of the codes. */
    Listing typeInfo() {
        List<DataType> types = new ArrayList<>(List.of(
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.SMALLINT,
                DataType.INTEGER,
                DataType.BIGINT,
                DataType.REAL,
                DataType.DOUBLE,
                DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0),
                DataType.VARCHAR,
                DataType.VARBINARY,
                DataType.DATE,
                DataType.TIME,
                DataType.TIMESTAMP,
                DataType.TIMESTAMP_LTZ,
                DataType.UUID));
        types.sort(Comparator.comparingInt(type -> JdbcTypes.code(type, form)));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        types.forEach(type -> rows.add(typeRow(type)));
        return new Listing(
                Schema.of(
                        Field.required("TYPE_NAME", DataType.VARCHAR),
                        integer("DATA_TYPE"),
                        integer("PRECISION"),
                        text("LITERAL_PREFIX"),
                        text("LITERAL_SUFFIX"),
                        text("CREATE_PARAMS"),
                        Field.of("NULLABLE", DataType.SMALLINT),
                        Field.of("CASE_SENSITIVE", DataType.BOOLEAN),
                        Field.of("SEARCHABLE", DataType.SMALLINT),
                        Field.of("UNSIGNED_ATTRIBUTE", DataType.BOOLEAN),
                        Field.of("FIXED_PREC_SCALE", DataType.BOOLEAN),
                        Field.of("AUTO_INCREMENT", DataType.BOOLEAN),
                        text("LOCAL_TYPE_NAME"),
                        Field.of("MINIMUM_SCALE", DataType.SMALLINT),
                        Field.of("MAXIMUM_SCALE", DataType.SMALLINT),
                        integer("SQL_DATA_TYPE"),
                        integer("SQL_DATETIME_SUB"),
                        integer("NUM_PREC_RADIX")),
                rows);
    }

    private List<@Nullable Object> typeRow(DataType type) {
        JdbcTypes.Facts facts = JdbcTypes.facts(type);
        boolean decimal = type.kind() == DataType.Kind.DECIMAL;
        String prefix = switch (type.kind()) {
            case VARCHAR -> "'";
            case DATE, TIME, TIMESTAMP -> type.sql().toUpperCase(Locale.ROOT) + " '";
            case VARBINARY -> "X'";
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> null;
        };
        return Arrays.asList(
                type.kind() == DataType.Kind.DECIMAL ? "DECIMAL" : type.sql(),
                JdbcTypes.code(type, form),
                facts.precision(),
                prefix,
                prefix == null ? null : "'",
                decimal ? "PRECISION,SCALE" : null,
                (short) DatabaseMetaData.typeNullable,
                type.kind() == DataType.Kind.VARCHAR,
                (short) DatabaseMetaData.typeSearchable,
                !facts.signed(),
                false,
                false,
                null,
                (short) 0,
                (short) (decimal ? DataType.MAX_DECIMAL_PRECISION : facts.scale()),
                null,
                null,
                facts.radix() == 0 ? null : facts.radix());
    }
}
