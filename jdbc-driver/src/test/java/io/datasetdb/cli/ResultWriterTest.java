// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.jdbc.internal.LocalResult;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultWriterTest {
    private static String written(ResultWriter.Format format, Schema schema, List<List<Object>> rows)
            throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        format.writer().write(LocalResult.of(schema, rows), out);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final Schema TEXTS =
            Schema.of(Field.of("n", DataType.INTEGER), Field.of("a, \"b\"", DataType.VARCHAR));

    @Test
    void csvQuotesOnlyWhereNeededAndTellsNullFromEmpty() throws SQLException {
        assertThat(written(
                        ResultWriter.Format.CSV,
                        TEXTS,
                        List.of(
                                Arrays.asList(1, "plain text"),
                                Arrays.asList(2, "a,b"),
                                Arrays.asList(3, "say \"x\""),
                                Arrays.asList(4, "two\nlines"),
                                Arrays.asList(5, ""),
                                Arrays.asList(null, null))))
                .isEqualTo("n,\"a, \"\"b\"\"\"\n"
                        + "1,plain text\n"
                        + "2,\"a,b\"\n"
                        + "3,\"say \"\"x\"\"\"\n"
                        + "4,\"two\n"
                        + "lines\"\n"
                        + "5,\"\"\n"
                        + ",\n");
    }

    @Test
    void tablesAreAlignedAndCounted() throws SQLException {
        assertThat(written(
                        ResultWriter.Format.TABLE,
                        TEXTS,
                        List.of(Arrays.asList(1, "größer"), Arrays.asList(1000, "x\ny"), Arrays.asList(null, null))))
                .isEqualTo("""
                     n    | a, "b"
                    ------+--------
                        1 | größer
                     1000 | x\\ny
                     NULL | NULL
                    (3 rows)
                    """);
        assertThat(written(ResultWriter.Format.TABLE, TEXTS, List.of(Arrays.asList(1, "x"))))
                .endsWith("(1 row)\n");
    }

    @Test
    void tablesAreAlignedAsATerminalShowsThem() throws SQLException {
        assertThat(written(
                        ResultWriter.Format.TABLE,
                        Schema.of(Field.of("s", DataType.VARCHAR), Field.of("n", DataType.INTEGER)),
                        List.of(
                                Arrays.asList("\u4e2d\u6587", 1),
                                Arrays.asList("e\u0301t\u00e9", 2),
                                Arrays.asList("\u001b[31mred", 3))))
                .isEqualTo(" s             | n\n---------------+---\n \u4e2d\u6587          | 1\n"
                        + " e\u0301t\u00e9           | 2\n \\u001b[31mred | 3\n(3 rows)\n");
    }

    @Test
    void jsonHasNoKeyTwice() throws SQLException {
        Schema schema = Schema.of(Field.of("a", DataType.BIGINT), Field.of("a", DataType.BIGINT));
        assertThat(written(ResultWriter.Format.JSON, schema, List.of(List.of(1L, 2L))))
                .isEqualTo("{\"a\":1,\"a_1\":2}\n");
    }

    @Test
    void jsonHasAnObjectALineWithNestedValues() throws SQLException {
        Schema schema = Schema.of(
                Field.of("d", DataType.decimal(20, 2)),
                Field.of("t", DataType.TIMESTAMP),
                Field.of("z", DataType.TIMESTAMP_LTZ),
                Field.of("a", DataType.array(DataType.REAL)),
                Field.of(
                        "r",
                        DataType.row(Field.of("day", DataType.DATE), Field.of("s", DataType.array(DataType.VARCHAR)))),
                Field.of("m", DataType.map(DataType.VARCHAR, DataType.BIGINT)),
                Field.of("b", DataType.BOOLEAN),
                Field.of("f", DataType.DOUBLE));
        List<Object> row = Arrays.asList(
                new BigDecimal("12345678901234567.50"),
                LocalDateTime.of(2026, 1, 31, 12, 0, 0, 5_000),
                Instant.parse("2026-01-31T12:00:00Z"),
                Arrays.asList(0.5f, null),
                Arrays.asList(LocalDate.of(2026, 1, 31), List.of("q\"")),
                Map.of("k", 1L),
                true,
                Double.NaN);
        assertThat(written(ResultWriter.Format.JSON, schema, List.of(row, Arrays.asList(new Object[8]))))
                .isEqualTo(
                        "{\"d\":12345678901234567.50,\"t\":\"2026-01-31T12:00:00.000005\",\"z\":\"2026-01-31T12:00:00Z\",\"a\":[0.5,null],\"r\":{\"day\":\"2026-01-31\",\"s\":[\"q\\\"\"]},\"m\":{\"k\":1},\"b\":true,\"f\":\"NaN\"}\n"
                                + "{\"d\":null,\"t\":null,\"z\":null,\"a\":null,\"r\":null,\"m\":null,\"b\":null,\"f\":null}\n");
    }
}
