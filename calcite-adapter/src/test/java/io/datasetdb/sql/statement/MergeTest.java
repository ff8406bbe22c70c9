// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MERGE: which files are written anew, what is remembered, and the same as a full outer join computes. */
class MergeTest {
    @TempDir
    private Path warehouse;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private List<String> files(String version) {
        return db.rows("SELECT path FROM registry.files WHERE name = 'd' AND version = '" + version + "'");
    }

    @Test
    void onlyFilesWithChangedRowsAreWrittenAnewAndInsertedRowsComeLast() {
        db.rows("CREATE DATASET d AS SELECT i AS id, 'n' || i AS name FROM generate_series(0, 9) AS t(i)");
        db.rows("INSERT INTO d SELECT i, 'n' || i FROM generate_series(10, 19) AS t(i)");
        db.rows("CREATE DATASET s AS SELECT * FROM (VALUES (15, 'x'), (16, NULL), (99, 'y')) AS t(id, name)");
        List<String> before = files("1.0.1");
        assertThat(db.rows("MERGE INTO d USING s ON d.id = s.id WHEN MATCHED AND s.name IS NULL THEN DELETE"
                                + " WHEN MATCHED THEN UPDATE SET name = s.name"
                                + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.name)")
                        .get(0))
                .startsWith("main.public.d | 1.0.2 | 3 | ");
        List<String> after = files("1.0.2");
        assertThat(after).hasSize(3);
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after).doesNotContain(before.get(1));
        assertThat(db.rows("SELECT * FROM d LIMIT 100 OFFSET 14"))
                .containsExactly("14 | n14", "15 | x", "17 | n17", "18 | n18", "19 | n19", "99 | y");
        assertThat(db.rows("SELECT column_name, parent_name, parent_column, derivation FROM registry.column_lineage"
                        + " WHERE name = 'd' AND version = '1.0.2' ORDER BY 1, 2"))
                .containsExactly(
                        "id | d | id | IDENTITY",
                        "id | s | id | TRANSFORMED",
                        "name | d | name | IDENTITY",
                        "name | s | name | IDENTITY");
    }

    @Test
    void rowThatTwoSourceRowsChangeIsAnErrorAndChangesNothing() {
        db.rows("CREATE DATASET d AS SELECT 1 AS id, 'a' AS name");
        db.rows("CREATE DATASET s AS SELECT * FROM (VALUES (1, 'x'), (1, 'y')) AS t(id, name)");
        assertThat(db.failure("MERGE INTO d USING s ON d.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name"))
                .startsWith("21000 Cannot merge into dataset main.public.d: more than one row of the source ");
        // Only rows that change something count.
        db.rows("MERGE INTO d USING s ON d.id = s.id WHEN MATCHED AND s.name = 'y' THEN UPDATE SET name = s.name");
        assertThat(db.rows("SELECT * FROM d")).containsExactly("1 | y");
        assertThat(db.rows("SELECT count(*) FROM registry.versions WHERE name = 'd'"))
                .containsExactly("2");
    }

    @Test
    void valuesOfAClauseAreComputedOnlyWhereItHolds() {
        db.rows("CREATE DATASET d AS SELECT * FROM (VALUES (1, 10), (2, 20)) AS t(id, v)");
        db.rows("MERGE INTO d USING (VALUES (1, 0), (2, 5)) AS s(id, q) ON d.id = s.id WHEN MATCHED AND q = 0 THEN"
                + " DELETE WHEN MATCHED THEN UPDATE SET v = v / q");
        assertThat(db.rows("SELECT * FROM d")).containsExactly("2 | 4");
    }

    @Test
    void mergeIsWhatAFullOuterJoinComputes() {
        long seed = 7;
        Random random = new Random(seed);
        db.rows("CREATE DATASET d AS SELECT i AS id, i * 2 AS v FROM generate_series(0, 19999) AS t(i)");
        for (int round = 0; round < 3; round++) {
            int step = 1 + random.nextInt(50);
            int shift = random.nextInt(30_000) - 5_000;
            db.rows("CREATE OR REPLACE DATASET s AS SELECT i * " + step + " + " + shift
                    + " AS id, CASE WHEN MOD(i, 3) = 0 THEN NULL ELSE i END AS w FROM generate_series(1, 3000)"
                    + " AS t(i)");
            List<String> expected = db.rows("SELECT COALESCE(d.id, s.id), CASE WHEN s.id IS NULL THEN v ELSE w END"
                    + " FROM d FULL JOIN s ON d.id = s.id WHERE NOT (d.id IS NOT NULL AND s.id IS NOT NULL AND w IS NULL)"
                    + " ORDER BY 1");
            db.rows("MERGE INTO d USING s ON d.id = s.id WHEN MATCHED AND w IS NULL THEN DELETE"
                    + " WHEN MATCHED THEN UPDATE SET v = s.w WHEN NOT MATCHED THEN INSERT (v, id) VALUES (w, s.id)");
            assertThat(db.rows("SELECT id, v FROM d ORDER BY 1"))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
        }
    }

    @Test
    void declaredColumnsAreThereWithoutRows() {
        db.rows("CREATE TABLE d (id INTEGER NOT NULL, name VARCHAR)");
        assertThat(db.rows("SELECT * FROM d")).isEmpty();
        assertThat(files("1.0.0")).isEmpty();
        assertThat(db.failure("INSERT INTO d (name) VALUES ('x')"))
                .isEqualTo("23502 Cannot insert into dataset main.public.d: column id is NOT NULL, and a row has none"
                        + " (NULL)");
        db.rows("INSERT INTO d VALUES (1, 'x')");
        assertThat(db.failure("UPDATE d SET id = NULLIF(id, 1)")).startsWith("23502 ");
        assertThat(db.failure("MERGE INTO d USING (VALUES (2)) AS s(id) ON d.id = s.id WHEN NOT MATCHED THEN INSERT"
                        + " (name) VALUES ('y')"))
                .startsWith("23502 ");
        assertThat(db.rows("SELECT column_name, nullable FROM registry.columns WHERE name = 'd' AND version = '1.0.1'"))
                .containsExactly("id | false", "name | true");
    }
}
