// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a statement on the registry reads does not grow with the registry: conditions become part of the registry's own query,
 * so that no row is read and left out again, which EXPLAIN ANALYZE would tell. There are forty datasets, each made from the
 * one before.
 */
class RegistryReadsTest {
    @TempDir
    static Path folder;

    private static Db db;

    @BeforeAll
    static void fill() {
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET set_0 AS SELECT 1 AS x");
        for (int i = 1; i < 40; i++) {
            db.rows("CREATE DATASET " + (i % 10 == 0 ? "img_" : "set_") + i + " AS SELECT x FROM "
                    + ((i - 1) % 10 == 0 && i > 1 ? "img_" : "set_") + (i - 1));
        }
    }

    @AfterAll
    static void close() {
        db.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM registry.datasets WHERE name = 'set_7'",
                "SELECT * FROM registry.datasets WHERE namespace = 'main' AND project = 'public' AND name IN ('set_7',"
                        + " 'img_10')",
                "SELECT * FROM registry.datasets WHERE name LIKE 'img%'",
                "SELECT * FROM registry.datasets WHERE name ILIKE 'IMG%'",
                "SELECT * FROM registry.datasets WHERE lower(name) = 'set_7'",
                "SELECT * FROM registry.datasets WHERE lower(name) LIKE 'img%'",
                "SELECT * FROM registry.datasets WHERE name LIKE 'set_3%'",
                "SELECT * FROM registry.datasets WHERE name LIKE '%g_2_'",
                "SELECT * FROM registry.versions WHERE statement LIKE '%AS SELECT 1 AS x'",
                "SELECT * FROM registry.versions WHERE created_at < TIMESTAMP '2001-01-01 00:00:00'",
                "SELECT * FROM registry.versions WHERE created_at BETWEEN TIMESTAMP '2001-01-01 00:00:00' AND"
                        + " TIMESTAMP '2001-02-01 00:00:00'",
                "SELECT * FROM registry.versions WHERE author = 'tester' AND name = 'set_7' AND version = '1.0.0'",
                "SELECT * FROM registry.columns WHERE column_name = 'nosuch'",
                "SELECT * FROM registry.columns WHERE name = 'set_7' AND ordinal_position = 1",
                "SELECT * FROM registry.dependencies WHERE parent_name = 'set_7' OR name = 'set_7'",
                "SELECT * FROM registry.column_lineage WHERE parent_name = 'set_7' AND parent_column = 'x'",
                "SELECT * FROM registry.files f JOIN registry.datasets d ON f.name = d.name WHERE d.name = 'set_7'",
                "SELECT * FROM registry.files f JOIN registry.datasets d ON f.name = d.name AND f.version ="
                        + " d.latest_version WHERE d.name LIKE 'img%'",
                "SELECT * FROM registry.datasets d LEFT JOIN registry.files f ON f.name = d.name WHERE d.name ="
                        + " 'set_7'",
                "SELECT * FROM registry.columns WHERE name IN (SELECT name FROM registry.dependencies WHERE"
                        + " parent_name = 'set_7')",
                "SELECT * FROM registry.datasets d JOIN registry.dependencies p ON p.name = d.name JOIN registry.files"
                        + " f ON f.name = p.parent_name WHERE d.name = 'set_7'",
                "SELECT * FROM registry.lineage('set_7', 'UP', 1) l JOIN registry.files f ON f.name = l.name",
            })
    void onlyRowsThatAreWantedAreRead(String query) {
        assertThat(String.join("\n", db.rows("EXPLAIN ANALYZE " + query)))
                .contains("Scan registry.")
                .doesNotContain("dropped");
    }

    @Test
    void aConditionThatTheRegistryCannotAnswerIsStillMet() {
        assertThat(String.join(
                        "\n", db.rows("EXPLAIN ANALYZE SELECT * FROM registry.datasets WHERE abs(row_count) = 2")))
                .contains("dropped");
        assertThat(db.rows("SELECT name FROM registry.datasets WHERE name LIKE '%g_2_'"))
                .containsExactly("img_20");
        assertThat(db.rows("SELECT name FROM registry.datasets WHERE name LIKE 'SET_7' OR name LIKE 'set\\_8'"))
                .isEmpty();
        assertThat(db.rows("SELECT name FROM registry.datasets WHERE name LIKE 'set!_8' ESCAPE '!'"))
                .containsExactly("set_8");
        assertThat(db.rows("SELECT count(*) FROM registry.datasets WHERE name NOT LIKE 'set%' AND name LIKE '%'"))
                .containsExactly("3");
        assertThat(db.rows("SELECT name FROM registry.datasets WHERE name ILIKE 'IM__10'"))
                .containsExactly("img_10");
        assertThat(db.rows("SELECT name FROM registry.datasets WHERE name = 'SET_7'"))
                .isEmpty();
        assertThat(db.rows("SELECT name FROM registry.datasets WHERE name ILIKE 'SET_7'"))
                .containsExactly("set_7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.versions ORDER BY created_at DESC LIMIT 3",
                "registry.versions WHERE namespace = 'main' AND state = 'COMPLETE' ORDER BY created_at LIMIT 2 OFFSET"
                        + " 1",
                "registry.versions WHERE author = 'tester' AND row_count < 5 ORDER BY version, name DESC LIMIT 3",
                "registry.versions WHERE created_at > TIMESTAMP '2001-01-01 00:00:00' ORDER BY name LIMIT 3",
                "registry.datasets WHERE name IN ('set_7', 'SET_8', 'set_9', 'img_10', 'img_20') ORDER BY name LIMIT 3",
                "registry.datasets WHERE comment IS NULL ORDER BY updated_at DESC LIMIT 3",
                "registry.dependencies ORDER BY parent_name, parent_version, name LIMIT 3",
            })
    void onlyTheFirstRowsOfAnOrderAreRead(String query) {
        assertThat(db.rows("EXPLAIN ANALYZE SELECT name FROM " + query).stream()
                        .filter(line -> line.contains("Scan registry.")))
                .singleElement()
                .asString()
                .containsPattern(" 3 +[0-9.]+ ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM registry.datasets ORDER BY comment LIMIT 7",
                "SELECT * FROM registry.datasets ORDER BY comment DESC LIMIT 7",
                "SELECT * FROM registry.datasets ORDER BY comment NULLS FIRST, name DESC LIMIT 40 OFFSET 30",
                "SELECT * FROM registry.datasets ORDER BY comment DESC NULLS FIRST, name LIMIT 40",
                "SELECT * FROM registry.datasets WHERE comment > 'a' ORDER BY comment LIMIT 3",
                "SELECT name FROM registry.datasets WHERE comment <= 'é' ORDER BY comment DESC LIMIT 3",
                "SELECT * FROM registry.dependencies ORDER BY parent_name DESC, name LIMIT 4",
                "SELECT * FROM registry.dependencies ORDER BY parent_name, name LIMIT 4",
                "SELECT * FROM registry.dependencies WHERE parent_name IS NULL OR parent_name = 'set_7' ORDER BY name"
                        + " DESC LIMIT 4",
                "SELECT * FROM registry.columns ORDER BY nullable DESC, name LIMIT 4",
                "SELECT * FROM registry.datasets WHERE name LIKE 'set%' ORDER BY name LIMIT 4",
                "SELECT * FROM registry.datasets WHERE name LIKE '%_3' AND row_count = 1 ORDER BY name LIMIT 4",
                "SELECT * FROM registry.datasets WHERE name <> 'img_10' ORDER BY name LIMIT 4",
                "SELECT * FROM registry.datasets WHERE name = 'SET_7' ORDER BY name LIMIT 4",
                "SELECT * FROM registry.datasets WHERE abs(row_count) = 1 ORDER BY name LIMIT 4",
                "SELECT upper(name) AS u FROM registry.datasets ORDER BY u LIMIT 4",
                "SELECT * FROM registry.datasets ORDER BY depends_on[1], name LIMIT 4",
                "SELECT * FROM registry.files ORDER BY uri DESC LIMIT 4",
                "SELECT * FROM registry.files f JOIN registry.datasets d ON d.name = f.name ORDER BY d.name LIMIT 2",
                "SELECT count(*) FROM registry.versions",
                "SELECT count(*) FROM registry.datasets WHERE name = 'SET_7'",
                "SELECT count(*) FROM registry.datasets WHERE name IN ('SET_7', 'set_8')",
                "SELECT count(*) FROM registry.datasets WHERE name LIKE 'SET%'",
                "SELECT count(*) FROM registry.datasets WHERE name >= 'set_8'",
                "SELECT count(*) FROM registry.dependencies WHERE parent_name = 'set_7' OR parent_version IS NULL",
                "SELECT count(*) FROM registry.columns WHERE nullable",
                "SELECT count(*) FROM registry.columns WHERE nullable = FALSE",
                "SELECT count(*) FROM registry.versions WHERE created_at >= TIMESTAMP '2001-01-01 00:00:00.000001'",
                "SELECT count(*) FROM registry.datasets WHERE namespace = 'main' AND (row_count = 1 OR author = 'x')",
                "SELECT count(*), max(name) FROM registry.datasets WHERE row_count = 1",
                "SELECT count(*) FROM registry.datasets WHERE NOT (comment = 'a')",
                "SELECT count(*) FROM registry.datasets WHERE comment = 'a' IS NOT TRUE",
                "SELECT name, count(*) FROM registry.dependencies WHERE kind = 'DATASET' GROUP BY name ORDER BY name"
                        + " LIMIT 3",
            })
    void whatReachesTheRegistryIsWhatWasAsked(String query) {
        String[] comments = {"a", "B", "é", "\uFF5E", "\uD83D\uDE00", "", "zz"};
        for (int i = 0; i < comments.length; i++) {
            db.rows("ALTER DATASET set_" + (i + 2) + " SET COMMENT '" + comments[i] + "'");
        }
        List<String> pushed = db.rows(query);
        db.rows("SET disabled_optimizers = 'top_n,filter_pushdown'");
        List<String> computed = db.rows(query);
        db.rows("RESET disabled_optimizers");

        assertThat(pushed).isEqualTo(computed);
    }

    @Test
    void aLimitReadsAFewRowsOnly() {
        for (int i = 0; i < 200; i++) {
            db.rows("CREATE NAMESPACE n" + i);
        }
        assertThat(db.rows("EXPLAIN ANALYZE SELECT * FROM registry.namespaces LIMIT 3").stream()
                        .filter(line -> line.contains("Scan registry.namespaces")))
                .singleElement()
                .asString()
                .containsPattern(" 128 ");
    }
}
