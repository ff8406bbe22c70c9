// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpcds;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.it.tpch.Answers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries at a hundredth of scale 1: the rows of DuckDB on the same files. */
class TpcdsTest {
    private static final double SCALE = 0.01;

    @TempDir
    static Path folder;

    private static Connection ours;
    private static Connection duck;

    @BeforeAll
    static void deposit() throws Exception {
        String url = TpcdsData.deposit(folder, SCALE);
        ours = DriverManager.getConnection(url);
        duck = TpcdsData.duckDb(url);
    }

    @AfterAll
    static void close() throws Exception {
        ours.close();
        duck.close();
    }

    static Stream<String> queries() {
        return Stream.concat(
                IntStream.rangeClosed(1, 99).mapToObj(number -> String.format("%02d", number)),
                Stream.of("14b", "23b"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void queryAnswersAsDuckDbDoes(String query) throws Exception {
        String sql = TpcdsData.query(query);
        List<String> expected = Answers.of(duck, sql);
        assertThat(Answers.of(ours, sql)).isEqualTo(expected);
    }
}
