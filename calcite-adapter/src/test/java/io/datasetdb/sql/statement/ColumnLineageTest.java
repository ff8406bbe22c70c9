// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From which columns the columns of a deposit were made. {@code a(id, s, v, l)} has an ARRAY {@code l}; {@code b(id, t)}; {@code
 * r(row(x, y), m)} has a ROW and a MAP. An origin is written {@code column<parent.column:derivation}, of the derivation the
 * first letter.
 */
class ColumnLineageTest {
    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "k,w\n1,one\n");
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET a AS SELECT * FROM (VALUES (1, 'x', 1.5e0, ARRAY[1, 2]), (2, 'y', 2.5e0, ARRAY[3]))"
                + " AS t(id, s, v, l)");
        db.rows("CREATE DATASET b AS SELECT * FROM (VALUES (1, 'x'), (3, 'z')) AS t(id, t)");
        db.rows("CREATE VIEW va AS SELECT id, upper(s) AS u, v FROM a");
        db.rows("CREATE VIEW vv(k, w, t) AS SELECT id, sum(v) OVER (PARTITION BY u), t FROM va JOIN b USING (id)");
        db.rows("CREATE FUNCTION twice(n BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$ return n * 2; $$");
        db.rows("CREATE DATASET r AS SELECT CAST(ROW(id, s) AS ROW(x INTEGER, y VARCHAR)) AS f, MAP['k', id] AS m FROM"
                + " a");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
        SELECT id, s AS name FROM a => id<a.id:I name<a.s:I
        SELECT * FROM b => id<b.id:I t<b.t:I
        SELECT x.*, y.v + x.v AS w FROM "a@1" AS x, "a@1.0.0" AS y WHERE x.id = y.id => id<a.id:I l<a.l:I s<a.s:I v<a.v:I w<a.v:T
        SELECT id + 1 AS n, upper(s) AS u, s || 'q' AS c FROM a => c<a.s:T n<a.id:T u<a.s:T
        SELECT 5 AS k, 'x' AS c, CURRENT_DATE AS d FROM a => none
        SELECT CAST(id AS BIGINT) AS n, CAST(id AS INTEGER) AS same FROM a => n<a.id:T same<a.id:I
        SELECT CASE WHEN id > 1 THEN s ELSE 'none' END AS c FROM a => c<a.id:T c<a.s:T
        SELECT coalesce(s, 'x') AS c, nullif(id, 1) AS n FROM a => c<a.s:T n<a.id:T
        SELECT id FROM a WHERE v > 1 ORDER BY s LIMIT 1 => id<a.id:I
        SELECT DISTINCT s FROM a => s<a.s:I
        SELECT a.id, b.t FROM a JOIN b ON a.id = b.id => id<a.id:I t<b.t:I
        SELECT a.id, b.t FROM a LEFT JOIN b ON a.id = b.id => id<a.id:I t<b.t:I
        SELECT a.s, b.t FROM a FULL JOIN b ON a.id = b.id => s<a.s:I t<b.t:I
        SELECT id, s, t FROM a JOIN b USING (id) => id<a.id:I s<a.s:I t<b.t:I
        SELECT id, s, t FROM a FULL JOIN b USING (id) => id<a.id:T id<b.id:T s<a.s:I t<b.t:I
        SELECT x.s, y.v FROM a AS x, a AS y WHERE x.id = y.id => s<a.s:I v<a.v:I
        SELECT id, s FROM a UNION ALL SELECT id, t FROM b => id<a.id:I id<b.id:I s<a.s:I s<b.t:I
        SELECT id FROM a UNION SELECT 7 => id<a.id:I
        SELECT id FROM a UNION ALL SELECT id + 1 FROM a => id<a.id:T
        SELECT id FROM a INTERSECT SELECT id FROM b => id<a.id:I id<b.id:I
        SELECT id FROM a EXCEPT SELECT id FROM b => id<a.id:I
        SELECT sum(v) AS q, count(*) AS n, count(nullif(s, 'x')) AS c FROM a => c<a.s:A q<a.v:A
        SELECT s, max(v) + 1 AS m FROM a GROUP BY s => m<a.v:A s<a.s:I
        SELECT sum(v * id) AS q FROM a HAVING min(s) > 'a' => q<a.id:A q<a.v:A
        SELECT sum(v) FILTER (WHERE id > 1) AS q FROM a => q<a.v:A
        SELECT count(DISTINCT s) AS q FROM a => q<a.s:A
        SELECT s, id, grouping(s) AS g, sum(v) AS q FROM a GROUP BY GROUPING SETS ((s, id), (s), ()) => id<a.id:I q<a.v:A s<a.s:I
        SELECT string_agg(s, ',' ORDER BY id) AS q FROM a => q<a.s:A
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY v) AS q FROM a => q<a.v:A
        SELECT array_agg(s) AS q, max_by(s, v) AS m FROM a => m<a.s:A m<a.v:A q<a.s:A
        SELECT sum(v) OVER (PARTITION BY s ORDER BY id) AS q FROM a => q<a.v:A
        SELECT lag(s) OVER (ORDER BY id) AS q, id + count(*) OVER () AS n FROM a => n<a.id:T q<a.s:A
        SELECT row_number() OVER (PARTITION BY s ORDER BY v, id) AS n FROM a => n<a.id:A n<a.v:A
        SELECT (SELECT max(v) FROM a) AS m FROM b => m<a.v:A
        SELECT (SELECT t FROM b WHERE b.id = a.id) AS t, id FROM a => id<a.id:I t<b.t:I
        SELECT (SELECT a.s || b.t FROM b WHERE b.id = a.id) AS t FROM a => t<a.s:T t<b.t:T
        SELECT id IN (SELECT id FROM b) AS is_in FROM a => is_in<a.id:T is_in<b.id:T
        SELECT id FROM a WHERE id IN (SELECT id FROM b) => id<a.id:I
        SELECT EXISTS (SELECT 1 FROM b WHERE b.id = a.id) AS e FROM a => none
        SELECT id > ALL (SELECT id FROM b) AS q FROM a => q<a.id:T q<b.id:T
        SELECT ARRAY(SELECT t FROM b) AS q FROM a => q<b.t:A
        SELECT id, e, o FROM a, UNNEST(l) WITH ORDINALITY AS u(e, o) => e<a.l:T id<a.id:I
        SELECT l[1] AS e, cardinality(l) AS c FROM a => c<a.l:T e<a.l:T
        SELECT a.id, q.t FROM a, LATERAL (SELECT b.t FROM b WHERE b.id = a.id) AS q => id<a.id:I t<b.t:I
        SELECT a.id, q.t FROM a LEFT JOIN LATERAL (SELECT a.s || b.t AS t FROM b) AS q ON TRUE => id<a.id:I t<a.s:T t<b.t:T
        SELECT r.f, r.f.x AS fx, upper(r.f.y) AS y FROM r => f<r.f:I fx<r.f.x:I y<r.f.y:T
        SELECT m['k'] AS v FROM r => v<r.m:T
        SELECT q.p."EXPR$0" AS n FROM (SELECT ROW(id, s) AS p FROM a) AS q => n<a.id:I
        WITH w AS (SELECT id + 1 AS n, s FROM a) SELECT w.n, z.s FROM w, w AS z => n<a.id:T s<a.s:I
        WITH RECURSIVE c(n, m) AS (SELECT id, s FROM a UNION ALL SELECT n + 1, m FROM c WHERE n < 3) SELECT * FROM c => m<a.s:I n<a.id:T
        WITH RECURSIVE c(n, m, o) AS (SELECT id, s, 'k' FROM a UNION ALL SELECT n + 1, o, m FROM c WHERE n < 3) SELECT * FROM c => m<a.s:I n<a.id:T o<a.s:I
        WITH RECURSIVE c(n, t) AS (SELECT id, s FROM a UNION ALL SELECT c.n + 1, b.t FROM c JOIN b ON b.id = c.n) SELECT * FROM c => n<a.id:T t<a.s:I t<b.t:I
        SELECT * FROM va => id<a.id:I u<a.s:T v<a.v:I
        SELECT * FROM vv => k<a.id:I t<b.t:I w<a.v:A
        SELECT x.u, y.k + 1 AS n FROM va AS x FULL JOIN vv AS y ON x.id = y.k => n<a.id:T u<a.s:T
        SELECT twice(id) AS n, max(twice(id)) OVER () AS m FROM a => m<a.id:A n<a.id:T
        SELECT id + n AS s, n FROM a, generate_series(1, id) AS g(n) => n<a.id:T s<a.id:T
        SELECT n FROM generate_series(1, 3) AS g(n) => none
        SELECT status, id, t FROM registry.diff('b', 'b', id) => id<b.id:T status<b.t:A t<b.t:T
        SELECT name FROM registry.datasets => none
        VALUES (1, 'x') => none
        """)
    void eachColumnKnowsItsOrigins(String query, String origins) {
        db.rows("CREATE DATASET d AS " + query);
        assertThat(lineage()).isEqualTo(origins);
    }

    private String lineage() {
        return lineage("");
    }

    private String lineage(String condition) {
        List<String> origins = db.rows("SELECT column_name || '<' || coalesce(parent_name || '.', '') || parent_column"
                + " || ':' || substring(derivation, 1, 1) FROM registry.column_lineage WHERE name = 'd'" + condition);
        return origins.isEmpty() ? "none" : origins.stream().sorted().collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
        INSERT INTO d SELECT id + 10, u FROM va => n<a.id:T n<d.n:I t<a.s:T t<d.t:I
        INSERT INTO d (n) VALUES (7) => n<d.n:I t<d.t:I
        UPDATE d SET t = t || (SELECT max(s) FROM a) WHERE n = 1 => n<d.n:I t<a.s:A t<d.t:T
        DELETE FROM d WHERE n IN (SELECT id FROM a) => n<d.n:I t<d.t:I
        MERGE INTO d USING va AS s ON d.n = s.id WHEN MATCHED THEN UPDATE SET t = s.u WHEN NOT MATCHED THEN INSERT (n) VALUES (s.id) => n<a.id:I n<d.n:I t<a.s:T t<d.t:I
        """)
    void changesKnowTheirOriginsToo(String change, String origins) {
        db.rows("CREATE DATASET d AS SELECT id AS n, nullif(t, 'q') AS t FROM b");
        db.rows(change);
        assertThat(lineage(" AND version = '1.0.1'")).isEqualTo(origins);
    }

    @Test
    void aColumnOfAFileHasNoParentAndOneOfAListingHasTheVersionThatKeepsIt() {
        db.rows("CREATE DATASET d AS SELECT k, upper(w) AS u FROM read_csv('" + folder + "/x.csv')");
        assertThat(db.rows("SELECT column_name, parent_name, parent_version, parent_column, derivation"
                        + " FROM registry.column_lineage WHERE name = 'd' ORDER BY 1"))
                .containsExactly("k | null | null | k | IDENTITY", "u | null | null | w | TRANSFORMED");
        db.rows("CREATE DATASET e AS SELECT file.path AS p, file_name(file.path) AS n FROM list_storage('" + folder
                + "/*.csv')");
        assertThat(db.rows("SELECT column_name, parent_namespace, parent_version, parent_column, derivation"
                        + " FROM registry.column_lineage WHERE name = 'e' ORDER BY 1"))
                .containsExactly(
                        "n | system | 1.0.0 | file.path | TRANSFORMED", "p | system | 1.0.0 | file.path | IDENTITY");
    }

    @Test
    void aLongChainOfOperationsIsFollowedToItsEnd() {
        String sum = IntStream.range(0, 100).mapToObj(i -> "id").collect(Collectors.joining(" + "));
        db.rows("CREATE DATASET d AS SELECT " + sum + " AS n FROM a");
        assertThat(lineage()).isEqualTo("n<a.id:T");
    }

    @Test
    void everyVersionHasLineageOfItsOwn() {
        db.rows("CREATE DATASET d AS SELECT id AS n FROM a");
        db.rows("CREATE OR REPLACE DATASET d AS SELECT n + 1 AS n FROM d");
        assertThat(db.rows("SELECT version, parent_name, parent_version, parent_column FROM registry.column_lineage"
                        + " WHERE name = 'd' ORDER BY version"))
                .isEqualTo(List.of("1.0.0 | a | 1.0.0 | id", "1.0.1 | d | 1.0.0 | n"));
    }
}
