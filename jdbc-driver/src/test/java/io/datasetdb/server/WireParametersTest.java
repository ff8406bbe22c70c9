// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import static io.datasetdb.server.Clients.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parameters through all four ways to the engine. */
@Timeout(300)
class WireParametersTest {
    private final Clients clients = new Clients();

    @AfterEach
    void stop() {
        clients.close();
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void parametersOfEveryScalarTypeArrive(Clients.Kind kind) throws SQLException {
        clients.engine.echo(
                "scalars",
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.INTEGER,
                DataType.BIGINT,
                DataType.REAL,
                DataType.DOUBLE,
                DataType.decimal(20, 2),
                DataType.VARCHAR,
                DataType.VARBINARY,
                DataType.DATE,
                DataType.TIMESTAMP,
                DataType.INTEGER);
        try (Connection connection = clients.connect(kind);
                PreparedStatement prepared = connection.prepareStatement("scalars")) {
            assertThat(prepared.getParameterMetaData().getParameterCount()).isEqualTo(12);
            assertThat(prepared.getParameterMetaData().getParameterTypeName(7)).isEqualTo("DECIMAL(20, 2)");
            assertThat(prepared.getParameterMetaData().getParameterType(4)).isEqualTo(Types.BIGINT);
            assertThat(prepared.getMetaData().getColumnCount()).isEqualTo(12);
            prepared.setBoolean(1, true);
            prepared.setByte(2, (byte) -3);
            prepared.setInt(3, 4);
            prepared.setLong(4, Long.MAX_VALUE);
            prepared.setFloat(5, 1.5f);
            prepared.setDouble(6, 2.5);
            prepared.setBigDecimal(7, new BigDecimal("123456789012345678.5"));
            prepared.setString(8, "a'b€");
            prepared.setBytes(9, new byte[] {1, 0, -1});
            prepared.setDate(10, Date.valueOf(LocalDate.of(2026, 1, 31)));
            prepared.setTimestamp(11, Timestamp.valueOf("2026-01-31 12:34:56.789"));
            prepared.setNull(12, Types.INTEGER);
            prepared.executeQuery().close();
        }
        List<Object> values = clients.engine.arguments.get(0);
        assertThat(values.subList(0, 8))
                .containsExactly(
                        true, (byte) -3, 4, Long.MAX_VALUE, 1.5f, 2.5, new BigDecimal("123456789012345678.50"), "a'b€");
        assertThat((byte[]) values.get(8)).containsExactly(1, 0, -1);
        assertThat(values.subList(9, 12))
                .containsExactly(
                        LocalDate.of(2026, 1, 31), LocalDateTime.of(2026, 1, 31, 12, 34, 56, 789_000_000), null);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDED", "REMOTE"})
    void ourDriversTakeEveryKindOfParameter(Clients.Kind kind) throws SQLException {
        DataType row = DataType.row(Field.of("a", DataType.INTEGER), Field.of("b", DataType.VARCHAR));
        clients.engine.echo(
                "rich",
                DataType.TIMESTAMP,
                DataType.TIMESTAMP_LTZ,
                DataType.TIME,
                DataType.DATE,
                DataType.UUID,
                DataType.array(DataType.REAL),
                DataType.array(DataType.array(DataType.VARCHAR)),
                DataType.map(DataType.VARCHAR, DataType.BIGINT),
                row,
                DataType.VARCHAR);
        UUID id = UUID.randomUUID();
        LocalDateTime micros = LocalDateTime.of(1500, 1, 1, 2, 3, 4, 567_891_000);
        Instant instant = Instant.parse("2026-01-31T12:00:00.000001Z");
        try (Connection connection = clients.connect(kind);
                PreparedStatement prepared = connection.prepareStatement("rich")) {
            prepared.setObject(1, micros);
            prepared.setObject(2, instant, Types.TIMESTAMP_WITH_TIMEZONE);
            prepared.setObject(3, LocalTime.of(1, 2, 3, 4_000));
            prepared.setObject(4, LocalDate.of(1, 1, 1));
            prepared.setObject(5, id);
            prepared.setArray(6, connection.createArrayOf("REAL", new Object[] {0.5f, null}));
            prepared.setObject(7, List.of(List.of("x", "y"), List.of()));
            prepared.setObject(8, java.util.Map.of("k", Long.MAX_VALUE));
            prepared.setObject(9, List.of(7, "q"));
            prepared.setCharacterStream(10, new java.io.StringReader("from a stream"));
            prepared.executeQuery().close();
        }
        assertThat(clients.engine.arguments.get(0))
                .containsExactly(
                        micros,
                        instant,
                        LocalTime.of(1, 2, 3, 4_000),
                        LocalDate.of(1, 1, 1),
                        id,
                        Arrays.asList(0.5f, null),
                        List.of(List.of("x", "y"), List.of()),
                        java.util.Map.of("k", Long.MAX_VALUE),
                        List.of(7, "q"),
                        "from a stream");
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void aParameterThatDoesNotFitIsNamed(Clients.Kind kind) throws SQLException {
        clients.engine.echo("narrow", DataType.TINYINT);
        try (Connection connection = clients.connect(kind);
                PreparedStatement prepared = connection.prepareStatement("narrow")) {
            prepared.setString(1, "300");
            assertThat(failure(prepared::executeQuery).getMessage())
                    .contains("Cannot set parameter 1: the value does not fit TINYINT (300)");
            prepared.clearParameters();
            if (kind.isOurs()) {
                assertThat(failure(prepared::executeQuery).getSQLState()).isEqualTo("07001");
                assertThat(failure(() -> prepared.setInt(2, 1)).getMessage()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.Kind.class)
    void aNumberThatDoesNotFitComesAsItIs(Clients.Kind kind) throws SQLException {
        clients.engine.echo("count", DataType.INTEGER);
        try (Connection connection = clients.connect(kind);
                PreparedStatement prepared = connection.prepareStatement("count")) {
            prepared.setDouble(1, 1.5);
            try (ResultSet rows = prepared.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
        assertThat(clients.engine.arguments.get(0)).containsExactly(1.5);
    }
}
