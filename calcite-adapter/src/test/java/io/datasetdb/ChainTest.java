// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.chain.TableText;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the operations of a chain mean, and that what they become is one statement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainTest {
    record Item(int id, String kind, Double price) {}

    private DatasetDb db;

    @BeforeAll
    void open(@TempDir Path folder) {
        db = DatasetDb.open(folder.resolve("w"));
        db.deposit(
                "items",
                Stream.of(
                        new Item(1, "a", 2.5), new Item(2, "b", 3.5), new Item(3, "a", null), new Item(4, null, 1.0)));
    }

    @AfterAll
    void close() {
        db.close();
    }

    private static List<String> rows(Chain chain) {
        try (Stream<Row> rows = chain.stream()) {
            return new ArrayList<>(rows.map(Row::toString).toList());
        }
    }

    private Chain items() {
        return db.dataset("items");
    }

    @Test
    void filtersThatFollowEachOtherAreOneCondition() {
        Chain chain = items().filter("id > ?", 1).filter("kind = 'a' OR kind = 'b'");

        assertThat(chain.sql()).isEqualTo("SELECT * FROM \"items\" WHERE (id > ?) AND (kind = 'a' OR kind = 'b')");
        assertThat(rows(chain)).containsExactly("{id=2, kind=b, price=3.5}", "{id=3, kind=a, price=null}");
    }

    @Test
    void operationsApplyToTheRowsSoFar() {
        assertThat(rows(items().orderBy("id DESC").limit(2).filter("id < 4").select("id")))
                .containsExactly("{id=3}");
        assertThat(rows(items().offset(1).limit(2).limit(5).offset(1).select("id")))
                .containsExactly("{id=3}");
        assertThat(rows(items().limit(3).offset(1).select("id"))).containsExactly("{id=2}", "{id=3}");
    }

    @Test
    void anOrderIsKeptByWhatFollows() {
        assertThat(rows(items().orderBy("price DESC").mutate("price", "-price").filter("id <> 2")))
                .containsExactly(
                        "{id=1, kind=a, price=-2.5}", "{id=4, kind=null, price=-1.0}", "{id=3, kind=a, price=null}");
        assertThat(rows(db.sql("SELECT id FROM items ORDER BY id DESC").limit(2)))
                .containsExactly("{id=4}", "{id=3}");
        assertThat(rows(db.sql("SELECT id FROM items ORDER BY id DESC LIMIT 3;").filter("id < 4")))
                .containsExactly("{id=3}", "{id=2}");
    }

    @Test
    void mutateAddsReplacesAndRenames() {
        assertThat(rows(items().mutate("twice", "id * 2").limit(1)))
                .containsExactly("{id=1, kind=a, price=2.5, twice=2}");
        assertThat(rows(items().mutate("id", "id * 2").limit(1))).containsExactly("{id=2, kind=a, price=2.5}");
        assertThat(rows(items().mutate("name", "kind").limit(1))).containsExactly("{id=1, name=a, price=2.5}");
        assertThat(rows(items().mutate(Map.of("id", "id + 1", "next", "id + 1")).limit(1)))
                .containsExactly("{id=2, kind=a, price=2.5, next=2}");
    }

    @Test
    void selectChoosesAndSelectExceptLeavesOut() {
        assertThat(rows(items().select("kind", "id + 1 AS next").limit(1))).containsExactly("{kind=a, next=2}");
        assertThat(rows(items().selectExcept("PRICE", "kind").limit(1))).containsExactly("{id=1}");
    }

    @Test
    void groupsYieldTheirKeysAndAggregates() {
        assertThat(rows(items().filter("id < 4")
                        .groupBy("upper(kind) AS k")
                        .aggregate("count(*) AS n", "sum(price) AS total")
                        .orderBy("k")))
                .containsExactly("{k=A, n=2, total=2.5}", "{k=B, n=1, total=3.5}");
        assertThat(rows(items().groupBy().aggregate("max(id) AS m"))).containsExactly("{m=4}");
        assertThatThrownBy(() -> items().groupBy("kind").aggregate()).hasMessageContaining("at least one aggregate");
    }

    @Test
    void distinctKeepsOneRowAKey() {
        assertThat(rows(items().distinct("kind").select("id").orderBy("id"))).hasSize(3);
        assertThat(items().select("kind").distinct().count()).isEqualTo(3);
    }

    @Test
    void mergeKeepsAllColumnsAndRenamesThoseOfTheRight() {
        Chain right = items().filter("id > 3 OR id = 1").select("id", "kind", "price");

        Chain left = items().select("id", "kind").merge(right, "id").orderBy("id");
        assertThat(left.schema().toString())
                .isEqualTo("[id INTEGER NOT NULL, kind VARCHAR, right_id INTEGER, right_kind VARCHAR, price DOUBLE]");
        assertThat(rows(left)).hasSize(4).contains("{id=2, kind=b, right_id=null, right_kind=null, price=null}");
        assertThat(left.mutate("x", "1").merge(right, "id").schema().indexOf("right_id_1"))
                .isPositive();
        assertThat(rows(items().select("id")
                        .merge(right.select("id"), Merge.on("id").inner())))
                .containsExactly("{id=1, right_id=1}", "{id=4, right_id=4}");
        assertThat(items().filter("id < 3").merge(right, Merge.on("id").full()).count())
                .isEqualTo(3);
        // NULL is no key.
        assertThat(items().merge(items(), Merge.on("kind").inner()).count()).isEqualTo(5);
    }

    @Test
    void unionMatchesColumnsByName() {
        assertThat(rows(items().select("id", "kind")
                        .limit(1)
                        .union(items().select("kind", "id").limit(1))))
                .containsExactly("{id=1, kind=a}", "{id=1, kind=a}");
        assertThatThrownBy(() -> items().select("id").union(items().select("kind")))
                .hasMessage("Cannot union: the columns differ, only the first has [id], only the second [kind]");
    }

    @Test
    void subtractTakesNullAsEqualToNull() {
        assertThat(rows(items().subtract(items().filter("kind IS NULL"), "kind").select("id")))
                .containsExactly("{id=1}", "{id=2}", "{id=3}");
        assertThat(rows(items().subtract(items().filter("id <> 2")).select("id")))
                .containsExactly("{id=2}");
    }

    @Test
    void diffSaysWhatWasAddedDeletedAndModified() {
        Chain now = items().filter("id <> 2").mutate("price", "CASE WHEN id = 3 THEN 9.0 ELSE price END");
        Chain before = items().filter("id <> 1");

        assertThat(rows(now.diff(before, "id").orderBy("id")))
                .containsExactly(
                        "{status=A, id=1, kind=a, price=2.5}",
                        "{status=D, id=2, kind=null, price=null}",
                        "{status=M, id=3, kind=a, price=9.0}");
        assertThat(rows(now.diff(before, Diff.on("id").only("S"))))
                .containsExactly("{status=S, id=4, kind=null, price=1.0}");
        assertThat(now.diff(before.select("id", "kind"), Diff.on("id").only("M"))
                        .count())
                .isEqualTo(2);
        assertThat(now.diff(before, Diff.on("id").compare("kind").only("M").withStatusColumn("s"))
                        .count())
                .isZero();
    }

    @Test
    void sampleTakesSoMany() {
        assertThat(items().sample(3).count()).isEqualTo(3);
    }

    @Test
    void similaritySearchYieldsTheNearestFirst() {
        record Point(int id, float[] e) {}
        db.deposit(
                "points",
                Stream.of(new Point(1, new float[] {1, 0}), new Point(2, new float[] {0, 1}), new Point(3, new float[] {
                    1, 1
                })));

        assertThat(rows(db.dataset("points")
                        .similaritySearch("e", new float[] {1, 0}, 2)
                        .select("id")))
                .containsExactly("{id=1}", "{id=3}");
        assertThat(rows(db.dataset("points")
                        .filter("id > ?", 1)
                        .similaritySearch("e", new float[] {1, 0}, 1, Distance.EUCLIDEAN, "far")
                        .select("id", "far")))
                .containsExactly("{id=3, far=1.0}");
    }

    @Test
    void aWrongNameIsAnErrorOfItsCall() {
        assertThatThrownBy(() -> items().filter("kid = 1"))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot filter by kid = 1: there is no column kid; did you mean id? (at column 1)");
        assertThatThrownBy(() -> items().filter("id > 1 AND")).hasMessageStartingWith("Cannot filter by id > 1 AND: ");
        assertThatThrownBy(() -> items().orderBy("nix")).hasMessageStartingWith("Cannot order by nix: ");
        assertThatThrownBy(() -> items().selectExcept("nix"))
                .hasMessage("Cannot select all except nix: there is no column nix (there are id, kind, price)");
        assertThatThrownBy(() -> items().select("id", "id")).hasMessageContaining("same name (id)");
        assertThatThrownBy(() -> items().mutate("status", "1").diff(items(), "id"))
                .hasMessage("Cannot diff: there is a column status already, withStatusColumn says another name");
        assertThatThrownBy(() -> db.dataset("itens")).hasMessageContaining("items");
        assertThatThrownBy(() -> db.dataset("items@7.0.0")).hasMessageContaining("7.0.0");
        assertThatThrownBy(() -> items().limit(-1)).hasMessageContaining("must not be negative (-1)");
    }

    @Test
    void aQueryWithAnErrorIsNotRememberedAsAQuery() {
        long before = db.sql("SELECT * FROM registry.queries WHERE statement LIKE '%rememberme%'")
                .count();
        assertThatThrownBy(() -> items().filter("rememberme = 1")).isInstanceOf(DatasetDbException.class);

        assertThat(db.sql("SELECT * FROM registry.queries WHERE statement LIKE '%rememberme = 1%'")
                        .count())
                .isEqualTo(before);
    }

    @Test
    void saveMakesTheNextVersionWithItsWholeProvenance() {
        Deposited first = items().filter("id > 1").orderBy("id DESC").save("big", Save.NEXT.withComment("big ones"));
        Deposited second = items().filter("id > 2").save("big", Save.NEXT.withBump(Save.Bump.MINOR));

        assertThat(first.name()).isEqualTo("main.public.big@1.0.0");
        assertThat(first.rows()).isEqualTo(3);
        assertThat(second.version()).isEqualTo("1.1.0");
        assertThat(rows(db.dataset("big@1.0.0").select("id"))).containsExactly("{id=4}", "{id=3}", "{id=2}");
        assertThat(rows(db.sql(
                        "SELECT statement, author FROM registry.versions WHERE name = 'big' AND version = '1.0.0'")))
                .containsExactly("{statement=CREATE OR REPLACE DATASET \"big\" COMMENT 'big ones' AS SELECT * FROM"
                        + " \"items\" WHERE id > 1 ORDER BY id DESC, author=" + System.getProperty("user.name") + "}");
        assertThat(rows(db.sql("SELECT parent_name, parent_version FROM registry.dependencies"
                        + " WHERE name = 'big' AND version = '1.0.0'")))
                .containsExactly("{parent_name=items, parent_version=1.0.0}");
        assertThat(rows(db.sql("SELECT parent_column, derivation FROM registry.column_lineage"
                        + " WHERE name = 'big' AND version = '1.0.0' AND column_name = 'kind'")))
                .containsExactly("{parent_column=kind, derivation=IDENTITY}");
    }

    @Test
    void argumentsGoWhereTheyBelong() {
        Chain left =
                db.sql("SELECT id, ? AS word FROM items WHERE id < ?", "x", 3).filter("id > ?", 1);
        Chain both = left.union(db.sql("SELECT id, 'y' AS word FROM items WHERE id = ?", 4L))
                .filter("id < ?", 5);

        assertThat(rows(both)).containsExactly("{id=2, word=x}", "{id=4, word=y}");
        assertThatThrownBy(() -> items().filter("id > ?").count()).hasMessageContaining("1 parameters and got 0");
        assertThatThrownBy(() -> items().filter("id > ?", "x").count()).hasMessageContaining("parameter 1");
    }

    @Test
    void statementsThatAreNoQueriesRunAtOnce() {
        assertThat(rows(db.sql("CREATE OR REPLACE DATASET one AS SELECT 1 AS x").select("version")))
                .hasSize(1);
        assertThat(db.sql("SHOW DATASETS").filter("name = 'one'").count()).isEqualTo(1);
        assertThat(rows(db.sql("EXPLAIN SELECT * FROM one"))).isNotEmpty();
    }

    @Test
    void rowsGoToFilesAndComeBack(@TempDir Path folder) {
        Chain chain = items().filter("id > ?", 1).select("id", "kind").orderBy("id");
        List<String> expected = rows(chain);

        chain.toParquet(folder.resolve("x.parquet").toString());
        chain.toCsv(folder.resolve("x.csv").toString());
        chain.toJson(folder.resolve("x.json").toString());

        assertThat(rows(db.readParquet(folder.resolve("*.parquet").toString()))).isEqualTo(expected);
        assertThat(rows(db.readCsv(folder.resolve("x.csv").toString()).filter("kind = 'b'")))
                .containsExactly("{id=2, kind=b}");
        assertThat(rows(db.readJson(folder.resolve("x.json").toString()))).isEqualTo(expected);
        assertThatThrownBy(() -> db.readCsv(folder.resolve("nix.csv").toString()))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("nix.csv");
    }

    @Test
    void showPrintsTheFirstRows() {
        assertThat(TableText.of(
                        items().schema().fields(), items().limit(1).stream().toList()))
                .isEqualTo("id  kind  price\n--  ----  -----\n1   a     2.5\n");
        items().show(0);
    }

    @Test
    void aStreamThatIsOpenWhenTheDatabaseIsClosedFails(@TempDir Path folder) {
        DatasetDb other = DatasetDb.open(folder.resolve("w"));
        Stream<Row> open = other.sql("SELECT * FROM (VALUES (1), (2)) AS t(x)").stream();
        other.close();

        assertThatThrownBy(open::toList).isInstanceOf(DatasetDbException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> other.dataset("x")).isInstanceOf(DatasetDbException.class);
        other.close();
    }

    @Test
    void anOrderByPlaceMeansTheColumnsOfItsTime() {
        assertThat(rows(items().orderBy("1 DESC").select("kind", "id").limit(1)))
                .containsExactly("{kind=null, id=4}");
        assertThat(rows(items().filter("kind = 'a'").orderBy("kind, 1 DESC").selectExcept("id")))
                .containsExactly("{kind=a, price=null}", "{kind=a, price=2.5}");
    }

    @Test
    void statementsMayBeginWithLongComments() {
        String comment = "/* " + "x* ".repeat(20_000) + "*/" + "-- y\n".repeat(20_000) + " ".repeat(20_000);
        assertThat(rows(db.sql(comment + "(SELECT 1 AS a)").filter("a = 1"))).containsExactly("{a=1}");
    }

    @Test
    void differencesMayHaveColumnsOfAnyName() {
        Chain other = items().mutate("present", "TRUE").mutate("present_1", "FALSE");
        assertThat(rows(items().filter("id > 1").diff(other, Diff.on("id").compare("kind"))))
                .containsExactly("{status=D, id=1, kind=null, price=null}");
    }

    @Test
    void argumentsAreWhatJavaHasForThem() {
        Chain times = db.sql("SELECT TIMESTAMP '2024-01-02 00:00:00' AS t, 'x' AS c, 1.5e0 AS d");
        assertThat(rows(times.filter("t = ?", LocalDate.of(2024, 1, 2)).select("c")))
                .containsExactly("{c=x}");
        assertThat(rows(times.filter("t = ?", Instant.parse("2024-01-02T00:00:00Z"))
                        .select("c")))
                .containsExactly("{c=x}");
        assertThat(rows(times.filter("c = ?", 'x')
                        .filter("d < ?", Double.POSITIVE_INFINITY)
                        .select("c")))
                .containsExactly("{c=x}");
        assertThat(rows(items().filter("id = ?", Double.NaN))).isEmpty();
        assertThat(rows(items().filter("id < ?", 1.5).select("id"))).containsExactly("{id=1}");
        assertThatThrownBy(() -> rows(items().filter("id = ?", LocalDate.of(2024, 1, 2))))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("Cannot set parameter 1: the value is no");
    }

    @Test
    void operationsWithNothingToDoAreErrors() {
        assertThatThrownBy(() -> items().select()).hasMessage("Cannot select: there is nothing to select");
        assertThatThrownBy(() -> items().orderBy()).hasMessage("Cannot order: there is nothing to order by");
        assertThatThrownBy(() -> items().selectExcept("id", "kind", "price"))
                .hasMessageEndingWith(": no column would be left");
        assertThatThrownBy(() -> Save.NEXT.withLabels(Map.of("a=b", "c")))
                .hasMessage("Cannot label the dataset: a key holds no equals sign (a=b)");
    }

    @Test
    void onlyColumnsAreReadAsPrimitives() {
        try (Stream<Integer> ids = items().filter("id < 3").select("id").stream(int.class)) {
            assertThat(ids).containsExactlyInAnyOrder(1, 2);
        }
    }
}
