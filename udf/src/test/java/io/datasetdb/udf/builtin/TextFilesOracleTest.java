// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.LocalFiles;
import io.datasetdb.udf.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, types and values must be those that DuckDB finds in the same file. */
class TextFilesOracleTest {
    private static DuckDb duckDb;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws SQLException {
        duckDb = new DuckDb();
    }

    @AfterAll
    static void close() throws SQLException {
        duckDb.close();
    }

    private List<List<Object>> ours(String function, Path file) {
        BoundTable table = Rows.bind(new LocalFiles(), function, file.toString(), Map.of());
        List<List<Object>> result = new ArrayList<>();
        result.add(new ArrayList<>(
                table.schema().fields().stream().map(Object::toString).toList()));
        for (List<Object> row : Rows.all(table)) {
            result.add(new ArrayList<>(row.stream().map(DuckDb::normal).toList()));
        }
        return result;
    }

    private void compare(String function, String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        assertThat(ours(function, file)).as(content).isEqualTo(duckDb.read(function, file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,city\nann,rome\nbob,paris\n",
                "a,b\n1,2\n",
                "1,2\n3,4\n",
                "x,2\ny,4\n",
                "x,y\nx,y\n",
                "a,a,,b\n1,2,3,4\n",
                "1,2,3,4,5,6,7,8,9,10,11\n1,2,3,4,5,6,7,8,9,10,11\n",
                "a,b,c,d,e,f\ntrue,t,yes,1,TRUE,y\nfalse,f,no,0,FALSE,n\n",
                "a,b,c,d\n007,1e3,1.5,+3\n12,2,3,-4\n",
                "a,b,c\n99999999999999999999,1_000,\"12\"\n1,2,\"13\"\n",
                "a,b,c\n2020-01-01,2020-01-01 10:00:00,2020-01-01 10:00\n2020-01-02,2020-01-01,2020-01-01 10:01\n",
                "a,b\n2020-01-01T10:00:00.123456Z,10:11:12\n2020-01-01T10:00:00+02:00,10:11:12.5\n",
                "a,b\n1,nan\n2,inf\n3,-Infinity\n",
                "a\n1\n\n2\n",
                "a,b\n1,2\n\n3,4\n",
                "a\nx\n\ny\n",
                "a,b\n",
                "a;b\n1,5;2\n3,5;4\n",
                "a|b\n1|2\n",
                "a\tb\n1\t2\n",
                "a, b\n1, 2\n3, 4\n",
                "a,b\n 1 , x \n 2 ,y\n",
                "a,b\nx\"y,2\nz,3\n",
                "a,b\n\"x\ny\",2\nz,3\n",
                "a,b\r1,2\r3,4\r",
                "a,b\n1,NULL\n2,3\n",
                "a,b\n,\n,\n",
                "a,b\n1.0,2\n2,3\n",
                "id,ok\n1,true\n2,\n",
                "\uFEFFa,b\n1,2\n",
                "a\n1\n2\n",
                "hello world\nfoo bar\n",
                "a,b,c\n1,,\n2,,\n",
                "a,b,\n1,2,\n3,4,\n",
                "d\n2020-1-1\n2020-12-31\n",
                "d\n0000-00-00\n",
                "t\n10:11\n11:12\n",
                "größe,名前\n1,日本\n2,😀\n",
                "a,b\n-9223372036854775808,9223372036854775807\n1,2\n",
                "a\n0.1\n1e-7\n123456789.123456789\n"
            })
    void csvIsReadAsDuckDbReadsIt(String content) throws Exception {
        compare("read_csv", "f.csv", content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"b\":\"x\"}\n{\"a\":2.5,\"c\":true}\n",
                "[{\"a\":1},{\"a\":2}]",
                "{\"a\":1}{\"a\":2}",
                "{\"a\":1,\"b\":[1,2],\"c\":{\"d\":1,\"e\":\"x\"}}\n{\"a\":null,\"b\":[],\"c\":{\"d\":null}}\n",
                "{\"d\":\"2020-01-01\",\"t\":\"2020-01-01 10:00:00\",\"z\":\"2020-01-01T10:00:00Z\",\"i\":\"10:11:12\","
                        + "\"u\":\"5e3f2c1a-0000-4000-8000-000000000001\"}\n",
                "{\"d\":\"2020-01-01\"}\n{\"d\":\"x\"}\n",
                "{\"a\":18446744073709551615}\n{\"a\":1}\n",
                "{\"a\":\"1\"}\n",
                "{\"a\":\"12\",\"b\":\"true\"}\n",
                "{\"a\":null}\n",
                "{\"a\":[]}\n",
                "{\"a\":[{\"b\":1},{\"c\":2}]}\n",
                "1\n2\n",
                "",
                "{\"a\":1}\n\n{\"a\":2}\n",
                "{\"a\":[[1],[2,3]]}\n",
                "{\"a\":{\"b\":{\"c\":[{\"d\":\"2020-01-01\"}]}}}\n",
                "{\"d\":\"2020-01-01\"}\n{\"d\":\"2020-01-01 10:00:00\"}\n",
                "{\"a\":1}\n{\"a\":1.0}\n",
                "{\"d\":\"2020-01-01\"}\n{\"d\":\"\"}\n",
                "{\"größe\":\"日本 \\ud83d\\ude00 \\n \\\"\"}\n"
            })
    void jsonIsReadAsDuckDbReadsIt(String content) throws Exception {
        compare("read_json", "f.json", content);
    }

    @Test
    void randomCsvIsReadAsDuckDbReadsIt() throws Exception {
        long seed = 20_240;
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            StringBuilder csv = new StringBuilder("id,amount,day,note\n");
            for (int i = 0; i < 3_000; i++) {
                csv.append(random.nextLong())
                        .append(',')
                        .append(random.nextGaussian() * 1000)
                        .append(',');
                csv.append(random.nextInt(9) == 0 ? "" : java.time.LocalDate.ofEpochDay(random.nextInt(20_000)));
                csv.append(',').append(note(random)).append('\n');
            }
            Path file = folder.resolve("r" + round + ".csv");
            Files.writeString(file, csv);
            List<List<Object>> ours = ours("read_csv", file);
            List<List<Object>> theirs = duckDb.read("read_csv", file);
            assertThat(ours.equals(theirs))
                    .as("seed %d, round %d, %s", seed, round, theirs.get(0))
                    .isTrue();
        }
    }

    private static String note(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "\"a, \"\"b\"\"\"";
            case 2 -> "\"line\nbreak " + random.nextInt() + "\"";
            case 3 -> "plain ö " + random.nextInt(100);
            default -> "x".repeat(1 + random.nextInt(30));
        };
    }
}
