// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every type, its NULL and its edges, through all four ways to the engine. */
class WireTypesTest {
    private static final UUID ID = UUID.fromString("0190b8f3-0000-7000-8000-00000000abcd");
    private static final LocalDateTime MICROS = LocalDateTime.of(2026, 1, 31, 12, 34, 56, 123_456_000);
    private static final LocalDateTime OLD = LocalDateTime.of(1500, 2, 28, 1, 2, 3, 4_000);
    private static final BigDecimal WIDE = new BigDecimal("-12345678901234567890123456789012345.678");

    private static Clients clients;

    @BeforeAll
    static void start() {
        clients = new Clients();
        one("boolean", DataType.BOOLEAN, true);
        one("tinyint", DataType.TINYINT, (byte) -128);
        one("smallint", DataType.SMALLINT, (short) -32768);
        one("integer", DataType.INTEGER, Integer.MIN_VALUE);
        one("bigint", DataType.BIGINT, Long.MIN_VALUE);
        one("small_bigint", DataType.BIGINT, 7L);
        one("real", DataType.REAL, 1.5f);
        one("double", DataType.DOUBLE, 3.0);
        one("decimal", DataType.decimal(38, 3), WIDE);
        one("decimal0", DataType.decimal(10, 0), new BigDecimal("42"));
        one("varchar", DataType.VARCHAR, "Größe €𝄞 \"x\"");
        one("varbinary", DataType.VARBINARY, new byte[] {0, -1, 127});
        one("date", DataType.DATE, LocalDate.of(1500, 1, 1));
        one("time", DataType.TIME, LocalTime.of(23, 59, 58, 123_456_000));
        one("timestamp", DataType.TIMESTAMP, MICROS);
        one("old", DataType.TIMESTAMP, OLD);
        one("ltz", DataType.TIMESTAMP_LTZ, MICROS.toInstant(ZoneOffset.UTC));
        one("uuid", DataType.UUID, ID);
        one("ints", DataType.array(DataType.INTEGER), Arrays.asList(1, null, 3));
        one("longs", DataType.array(DataType.BIGINT), Arrays.asList(1L, Long.MAX_VALUE));
        one("reals", DataType.array(DataType.REAL), Arrays.asList(0.5f, -2f));
        one("strings", DataType.array(DataType.VARCHAR), Arrays.asList("a", null, "ü"));
        one("dates", DataType.array(DataType.DATE), List.of(LocalDate.of(2026, 1, 31)));
        one("nested", DataType.array(DataType.array(DataType.INTEGER)), Arrays.asList(List.of(1, 2), List.of(3)));
        one("row", file(), Arrays.asList("a/b.jpg", 12L, LocalDate.of(2026, 1, 31)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("k", 1);
        map.put("n", null);
        one("map", DataType.map(DataType.VARCHAR, DataType.INTEGER), map);
        one("infinite", DataType.DOUBLE, Double.NEGATIVE_INFINITY);
        one("nan", DataType.DOUBLE, Double.NaN);
        one("bare_null", DataType.NULL, null);
    }

    private static DataType file() {
        return DataType.row(
                Field.of("path", DataType.VARCHAR), Field.of("size", DataType.BIGINT), Field.of("day", DataType.DATE));
    }

    /** A statement named after the type, with two rows: the value and NULL. */
    private static void one(String name, DataType type, Object value) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(Arrays.asList(value));
        rows.add(Arrays.asList((Object) null));
        clients.engine.rows(name, Schema.of(Field.of("c", type)), rows);
    }

    @AfterAll
    static void stop() {
        clients.close();
    }

    /** What is read from the value's row; the NULL row is checked on the way. */
    private interface Read {
        Object from(ResultSet row) throws SQLException;
    }

    private static Object read(Clients.Kind kind, String name, Read read) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(name)) {
            assertThat(rows.next()).isTrue();
            Object result = read.from(rows);
            if (result instanceof java.sql.Array array) {
                result = array.getArray();
            }
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getString(1)).isNull();
            assertThat(rows.next()).isFalse();
            return result;
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void numbersArriveWhole(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "boolean", row -> row.getBoolean(1))).isEqualTo(true);
        assertThat(read(kind, "tinyint", row -> row.getByte("c"))).isEqualTo((byte) -128);
        assertThat(read(kind, "smallint", row -> row.getShort(1))).isEqualTo(Short.MIN_VALUE);
        assertThat(read(kind, "integer", row -> row.getInt(1))).isEqualTo(Integer.MIN_VALUE);
        assertThat(read(kind, "bigint", row -> row.getLong(1))).isEqualTo(Long.MIN_VALUE);
        assertThat(read(kind, "small_bigint", row -> row.getObject(1))).isEqualTo(7L);
        assertThat(read(kind, "real", row -> row.getFloat(1))).isEqualTo(1.5f);
        assertThat(read(kind, "double", row -> row.getDouble(1))).isEqualTo(3.0);
        assertThat(read(kind, "decimal", row -> row.getBigDecimal(1))).isEqualTo(WIDE);
        assertThat(read(kind, "decimal0", row -> row.getBigDecimal(1))).isEqualTo(new BigDecimal("42"));
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void textAndBytesArriveUnchanged(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "varchar", row -> row.getString(1))).isEqualTo("Größe €𝄞 \"x\"");
        assertThat(read(kind, "varbinary", row -> row.getBytes(1))).isEqualTo(new byte[] {0, -1, 127});
        assertThat(read(kind, "uuid", row -> row.getString(1))).isEqualTo(ID.toString());
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void datesBefore1582KeepTheirDay(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "date", row -> row.getString(1))).isEqualTo("1500-01-01");
        if (kind.isOurs()) {
            assertThat(read(kind, "date", row -> row.getDate(1).toLocalDate())).isEqualTo(LocalDate.of(1500, 1, 1));
            assertThat(read(kind, "old", row -> row.getTimestamp(1).toLocalDateTime()))
                    .isEqualTo(OLD);
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void timestampsHaveMillisecondsEverywhere(Clients.Kind kind) throws SQLException {
        assertThat((String) read(kind, "timestamp", row -> row.getString(1))).startsWith("2026-01-31 12:34:56.123");
        assertThat((String) read(kind, "time", row -> row.getString(1))).startsWith("23:59:58.123");
        assertThat(((Timestamp) read(kind, "timestamp", row -> row.getTimestamp(1))).toLocalDateTime())
                .isEqualToIgnoringNanos(MICROS);
        assertThat((String) read(kind, "ltz", row -> row.getString(1))).startsWith("2026-01-31 12:34:56.123");
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void ourDriversKeepMicroseconds(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "timestamp", row -> row.getString(1))).isEqualTo("2026-01-31 12:34:56.123456");
        assertThat(read(kind, "timestamp", row -> row.getTimestamp(1))).isEqualTo(Timestamp.valueOf(MICROS));
        assertThat(read(kind, "timestamp", row -> row.getObject(1, LocalDateTime.class)))
                .isEqualTo(MICROS);
        assertThat(read(kind, "time", row -> row.getObject(1, LocalTime.class)))
                .isEqualTo(LocalTime.of(23, 59, 58, 123_456_000));
        assertThat(read(kind, "ltz", row -> row.getObject(1, Instant.class)))
                .isEqualTo(MICROS.toInstant(ZoneOffset.UTC));
        assertThat(read(kind, "ltz", row -> row.getObject(1))).isEqualTo(MICROS.atOffset(ZoneOffset.UTC));
        assertThat(read(kind, "ltz", row -> row.getTimestamp(1)))
                .isEqualTo(Timestamp.from(MICROS.toInstant(ZoneOffset.UTC)));
        assertThat(read(kind, "date", row -> row.getObject(1, LocalDate.class))).isEqualTo(LocalDate.of(1500, 1, 1));
        assertThat(read(kind, "timestamp", row -> row.getObject(1, OffsetDateTime.class)))
                .isEqualTo(MICROS.atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void ourDriversConvertToTheClassThatIsAskedFor(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "uuid", row -> row.getObject(1, UUID.class))).isEqualTo(ID);
        assertThat(read(kind, "uuid", row -> row.getObject(1))).isEqualTo(ID);
        assertThat(read(kind, "integer", row -> row.getObject(1, Long.class))).isEqualTo((long) Integer.MIN_VALUE);
        assertThat(read(kind, "small_bigint", row -> row.getObject(1, BigDecimal.class)))
                .isEqualTo(new BigDecimal("7"));
        assertThat(read(kind, "decimal", row -> row.getObject(1, String.class))).isEqualTo(WIDE.toPlainString());
        assertThat(read(kind, "reals", row -> row.getObject(1, float[].class))).isEqualTo(new float[] {0.5f, -2f});
        assertThat(read(kind, "boolean", row -> row.getInt(1))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void numbersThatDoNotFitAreRefused(Clients.Kind kind) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("bigint")) {
            rows.next();
            assertThatThrownBy(() -> rows.getInt(1))
                    .isInstanceOf(SQLDataException.class)
                    .hasMessageContaining("-9223372036854775808");
            assertThatThrownBy(() -> rows.getDate(1))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("07006"));
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void arraysKeepTheirNullsAndTheirNesting(Clients.Kind kind) throws SQLException {
        assertThat((Object[]) read(kind, "ints", row -> row.getArray(1))).containsExactly(1, null, 3);
        assertThat((Object[]) read(kind, "longs", row -> row.getArray(1))).containsExactly(1L, Long.MAX_VALUE);
        assertThat((Object[]) read(kind, "strings", row -> row.getArray(1))).containsExactly("a", null, "ü");
        assertThat((Object[]) read(kind, "reals", row -> row.getArray(1))).containsExactly(0.5f, -2f);
        Object[] dates = (Object[]) read(kind, "dates", row -> row.getArray(1));
        assertThat(dates[0].toString()).isEqualTo("2026-01-31");
        Object[] outer = (Object[]) read(kind, "nested", row -> row.getArray(1));
        Object inner = outer[0] instanceof java.sql.Array array ? array.getArray() : outer[0];
        assertThat((Object[]) inner).containsExactly(1, 2);
    }

    @Test
    void anArrayIsAResultSetToo() throws SQLException {
        try (Connection connection = clients.connect(Clients.Kind.EMBEDDED);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("strings")) {
            rows.next();
            ResultSet elements = rows.getArray(1).getResultSet(2, 2);
            assertThat(elements.next()).isTrue();
            assertThat(elements.getInt(1)).isEqualTo(2);
            assertThat(elements.getString(2)).isNull();
            assertThat(elements.next()).isTrue();
            assertThat(elements.getObject(2)).isEqualTo("ü");
            assertThat(elements.next()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void rowsAreStructsOrJson(Clients.Kind kind) throws SQLException {
        if (kind == Clients.Kind.STOCK_JSON) {
            assertThat(read(kind, "row", row -> row.getString(1)))
                    .isEqualTo("{\"path\":\"a/b.jpg\",\"size\":12,\"day\":\"2026-01-31\"}");
            return;
        }
        Object[] attributes = ((Struct) read(kind, "row", row -> row.getObject(1))).getAttributes();
        assertThat(attributes[0]).isEqualTo("a/b.jpg");
        assertThat(attributes[1]).isEqualTo(12L);
        assertThat(attributes[2].toString()).isEqualTo("2026-01-31");
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void mapsAreMapsOrJson(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "map", row -> row.getString(1))).isEqualTo("{\"k\":1,\"n\":null}");
        if (kind.isOurs()) {
            Map<String, Object> expected = new LinkedHashMap<>();
            expected.put("k", 1);
            expected.put("n", null);
            assertThat(read(kind, "map", row -> row.getObject(1))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void infinitiesArriveAndNanToo(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "infinite", row -> row.getDouble(1))).isEqualTo(Double.NEGATIVE_INFINITY);
        if (kind == Clients.Kind.STOCK_JSON) {
            assertThat(read(kind, "nan", row -> row.getString(1))).isEqualTo("NaN");
        } else {
            assertThat(read(kind, "nan", row -> row.getDouble(1))).isEqualTo(Double.NaN);
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void aBareNullIsReadable(Clients.Kind kind) throws SQLException {
        assertThat(read(kind, "bare_null", row -> row.getObject(1))).isNull();
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void typeNamesAreThoseOfSql(Clients.Kind kind) throws SQLException {
        assertThat(typeName(kind, "decimal")).isEqualTo("DECIMAL(38, 3)");
        assertThat(typeName(kind, "ltz")).isEqualTo("TIMESTAMP WITH LOCAL TIME ZONE");
        assertThat(typeName(kind, "nested")).isEqualTo("INTEGER ARRAY ARRAY");
        assertThat(typeName(kind, "uuid")).isEqualTo("UUID");
    }

    private static String typeName(Clients.Kind kind, String name) throws SQLException {
        try (Connection connection = clients.connect(kind);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(name)) {
            return rows.getMetaData().getColumnTypeName(1);
        }
    }

    @Test
    void ourDriversNameTypesAndClassesExactly() throws SQLException {
        try (Connection connection = clients.connect(Clients.Kind.REMOTE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("decimal");
                Statement other = connection.createStatement();
                ResultSet instants = other.executeQuery("ltz")) {
            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.DECIMAL);
            assertThat(rows.getMetaData().getPrecision(1)).isEqualTo(38);
            assertThat(rows.getMetaData().getScale(1)).isEqualTo(3);
            assertThat(rows.getMetaData().getColumnClassName(1)).isEqualTo("java.math.BigDecimal");
            assertThat(instants.getMetaData().getColumnType(1)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }
}
