// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What COPY leaves behind when it does not come to its end. */
class CopyTest {
    @TempDir
    private Path folder;

    private Path out;
    private Db db;

    @BeforeEach
    void open() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET numbers AS SELECT i AS n, i / 10000 AS k FROM generate_series(1, 100000) AS g(i)");
    }

    @AfterEach
    void close() {
        db.close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> found = Files.walk(out)) {
            return found.filter(path -> !path.equals(out))
                    .map(path -> out.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private String copy(String query, String name, String options) {
        return "COPY (" + query + ") TO '" + out.resolve(name) + "' " + options;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(FORMAT PARQUET)",
                "(FORMAT CSV)",
                "(FORMAT JSON)",
                "(FORMAT CSV, PARTITION_BY (k))",
                "(PARTITION_BY k)"
            })
    void failureAtTheLastRowLeavesNothing(String options) throws IOException {
        assertThat(db.failure(copy("SELECT n, k, 1 / (n - 100000) AS x FROM numbers", "x", options)))
                .startsWith("22012");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(FORMAT CSV)", "(FORMAT PARQUET, PARTITION_BY (k))"})
    void cancelledOrLateOneLeavesNothing(String options) throws IOException {
        PreparedStatement statement =
                db.session().prepare(copy("SELECT a.n, a.k FROM numbers a, numbers b", "x", options));
        assertThatThrownBy(() -> statement.execute(List.of(), 50_000_000))
                .isInstanceOfSatisfying(
                        DatasetDbException.class,
                        late -> assertThat(late.sqlState()).isEqualTo("57014"));
        assertThat(files()).isEmpty();
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThatThrownBy(() -> statement.execute(List.of(), 0, cancellation)).isInstanceOf(DatasetDbException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void fileThatIsReplacedIsReadToTheEndAsItWas() throws IOException {
        db.rows(copy("SELECT n FROM numbers", "x.parquet", ""));
        db.rows(copy(
                "SELECT n + 1 AS n FROM read_parquet('" + out.resolve("x.parquet") + "')", "x.parquet", "(OVERWRITE)"));
        assertThat(db.rows("SELECT min(n), max(n), count(*) FROM read_parquet('" + out.resolve("x.parquet") + "')"))
                .containsExactly("2 | 100001 | 100000");
        assertThat(files()).containsExactly("x.parquet");
    }

    @Test
    void folderThatCannotBeWrittenToIsNamed() throws IOException {
        Files.writeString(out.resolve("file"), "x");
        assertThat(db.failure(copy("SELECT 1 AS a", "file/x.csv", "")))
                .startsWith("58")
                .contains("Cannot ", "file");
        assertThat(files()).containsExactly("file");
    }

    @Test
    void parametersAreBoundAndUpdateCountIsTheRows() throws IOException {
        PreparedStatement statement =
                db.session().prepare(copy("SELECT n FROM numbers WHERE n <= ?", "x.csv", "(HEADER FALSE)"));
        assertThat(statement.execute(List.of(3), 0).updateCount()).isEqualTo(3);
        assertThat(Files.readString(out.resolve("x.csv"))).isEqualTo("1\n2\n3\n");
    }

    @Test
    void partitionsKeepOneFileEachWhateverTheOrderOfTheRows() throws IOException {
        assertThat(db.rows(copy("SELECT n, n % 3 AS k FROM numbers", "p", "(PARTITION_BY (k))")))
                .singleElement()
                .asString()
                .contains(" | 100000 | ", " | 3 | ");
        assertThat(files().stream().filter(name -> name.endsWith(".parquet"))).hasSize(3);
        assertThat(db.rows("SELECT k, count(*) FROM read_parquet('" + out + "/p/**/*.parquet') GROUP BY k ORDER BY k"))
                .containsExactly("0 | 33333", "1 | 33334", "2 | 33333");
    }
}
