// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The operations of a chain that run Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionsTest {
    record Item(int id, String kind, Double price) {}

    record Priced(String kind, Double price) {}

    record Word(int id, String word) {}

    record FileRef(String path, long size) {}

    record Total(String kind, long items, double sum) {}

    private DatasetDb db;

    static String label(Priced item) {
        return item.kind() + ":" + item.price();
    }

    static float[] embed(FileRef file) {
        return new float[] {file.size(), file.path().length()};
    }

    static long twice(long x) {
        return 2 * x;
    }

    static List<Word> words(Item item) {
        return IntStream.range(0, item.id())
                .mapToObj(i -> new Word(item.id(), item.kind() + i))
                .toList();
    }

    static Total total(List<Priced> items) {
        return new Total(
                items.get(0).kind(),
                items.size(),
                items.stream()
                        .mapToDouble(item -> item.price() == null ? 0 : item.price())
                        .sum());
    }

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        db = DatasetDb.open(folder.resolve("w").toString(), DatasetDb.Options.DEFAULT.withThreads(4));
        db.deposit("items", Stream.of(new Item(1, "a", 2.5), new Item(2, "b", 3.5), new Item(3, "a", null)));
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/x.txt"), "12345");
        Files.writeString(folder.resolve("files/empty.txt"), "");
        files = folder.resolve("files").toString();
    }

    private String files;

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
    void mapAddsAColumnOfTheTypeThatAMethodTells() {
        Chain chain = items().map("label", FunctionsTest::label);

        assertThat(chain.schema().field(3).toString()).isEqualTo("label VARCHAR");
        assertThat(rows(chain.select("label"))).containsExactly("{label=a:2.5}", "{label=b:3.5}", "{label=a:null}");
        assertThat(rows(items().select("id").map("twice", FunctionsTest::twice)))
                .containsExactly("{id=1, twice=2}", "{id=2, twice=4}", "{id=3, twice=6}");
        assertThat(rows(items().map("n", "kind || 'x'", String::length)
                        .select("n")
                        .limit(1)))
                .containsExactly("{n=2}");
    }

    @Test
    void aRecordReadsTheFieldsOfARowColumn() {
        Chain chain = db.readStorage(files + "/**").filter("file.size > 0").map("emb", FunctionsTest::embed);

        assertThat(chain.schema().field(1).type().sql()).isEqualTo("REAL ARRAY");
        try (Stream<Row> rows = chain.select("emb").stream()) {
            List<?> emb = (List<?>) rows.findFirst().orElseThrow().get("emb");
            assertThat(emb.get(0)).isEqualTo(5f);
        }
        Deposited saved = chain.save("embeddings");
        assertThat(saved.rows()).isEqualTo(1);
        assertThat(rows(db.sql("SELECT kind FROM registry.dependencies WHERE name = 'embeddings'")))
                .containsExactly("{kind=STORAGE}");
        assertThat(rows(db.sql("SELECT function_name FROM registry.function_uses WHERE name = 'embeddings'"
                        + " ORDER BY function_name")))
                .contains("{function_name=io.datasetdb.FunctionsTest::embed}");
        assertThat(rows(db.sql("SELECT statement FROM registry.versions WHERE name = 'embeddings'"))
                        .get(0))
                .contains("\"io.datasetdb.FunctionsTest::embed\"(\"file\") AS \"emb\"");
        assertThat(rows(db.sql("SELECT column_name, derivation FROM registry.column_lineage"
                        + " WHERE name = 'embeddings' AND column_name = 'emb'")))
                .contains("{column_name=emb, derivation=TRANSFORMED}");
    }

    @Test
    void lambdasTellTheirTypesOrAreGivenThem() {
        assertThat(rows(items().map("next", (Item item) -> item.id() + 1).select("next")))
                .containsExactly("{next=2}", "{next=3}", "{next=4}");
        assertThat(rows(items().map("r", (Row row) -> row.values().size())
                        .select("r")
                        .limit(1)))
                .containsExactly("{r=3}");
        assertThat(rows(items().map("w", Item.class, Word.class, item -> new Word(item.id(), "w"))
                        .select("w")
                        .limit(1)))
                .containsExactly("{w=[1, w]}");
        assertThatThrownBy(() -> items().map("x", item -> null))
                .hasMessageContaining("does not tell the type of its result");
        assertThatThrownBy(() -> items().map("x", (String s) -> s))
                .hasMessageContaining("which column is its String must be said, there are id, kind, price");
        assertThatThrownBy(() -> items().map("id", FunctionsTest::label))
                .hasMessage("Cannot map column id: two columns would have the same name (id)");
        assertThatThrownBy(() -> items().select("id").map("x", FunctionsTest::label))
                .hasMessageContaining("no column for its component kind");
    }

    @Test
    void nullIsGivenToFunctionsThatCanTakeIt() {
        assertThat(rows(items().map("p", "CAST(price AS BIGINT)", FunctionsTest::twice)
                        .select("p")))
                .containsExactly("{p=4}", "{p=8}", "{p=null}");
        assertThat(rows(items().map("p", "price", Double.class, String.class, price -> "" + price)
                        .select("p")))
                .containsExactly("{p=2.5}", "{p=3.5}", "{p=null}");
    }

    @Test
    void genYieldsAnyNumberOfRows() {
        assertThat(rows(items().filter("id < 3").gen(FunctionsTest::words)))
                .containsExactly("{id=1, word=a0}", "{id=2, word=b0}", "{id=2, word=b1}");
        assertThat(rows(items().filter("id = 2").gen("w", FunctionsTest::words)))
                .containsExactly("{w=[2, b0]}", "{w=[2, b1]}");
        assertThat(rows(items().gen(Item.class, Word.class, item -> Stream.of(new Word(item.id(), "s")))))
                .hasSize(3);
        assertThat(rows(items().gen(
                                "n", Item.class, Integer.class, item -> item.id() == 1 ? List.of() : new int[] {7})))
                .containsExactly("{n=7}", "{n=7}");
        assertThatThrownBy(() -> items().gen((Item item) -> "x")).hasMessageContaining("give a name");
    }

    @Test
    void aggIsGivenWholeGroups() {
        assertThat(rows(items().agg(FunctionsTest::total, "kind").orderBy("kind")))
                .containsExactly("{kind=a, items=2, sum=2.5}", "{kind=b, items=1, sum=3.5}");
        assertThat(rows(items().agg(FunctionsTest::total))).containsExactly("{kind=a, items=3, sum=6.0}");
        assertThat(rows(items().agg(
                                "ids",
                                Row.class,
                                Long.class,
                                group -> group.stream()
                                        .map(row -> row.getLong("id"))
                                        .toList())
                        .orderBy("ids")))
                .containsExactly("{ids=1}", "{ids=2}", "{ids=3}");
        assertThat(rows(items().select("price").agg("n", Double.class, Integer.class, List::size)))
                .as("a NULL of the only column is a value")
                .containsExactly("{n=3}");
        assertThat(rows(items().filter("id > 9").agg(FunctionsTest::total))).isEmpty();
    }

    @Test
    void functionsRunInParallelOnceARow() throws Exception {
        Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch together = new CountDownLatch(4);
        RowFunction<Word, Integer> count = word -> {
            calls.computeIfAbsent(word.id(), id -> new AtomicInteger()).incrementAndGet();
            threads.add(Thread.currentThread());
            together.countDown();
            // Nobody goes on before four are in here at once.
            if (!together.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not in parallel");
            }
            return word.id();
        };
        List<Word> words =
                IntStream.range(0, 10_000).mapToObj(i -> new Word(i, "w")).toList();

        Chain chain = db.readRecords(Word.class, words)
                .map("n", Word.class, Integer.class, count)
                .mutate("m", "n + 1")
                .filter("n >= 5000 AND m > 0");
        assertThat(chain.save("counted").rows()).isEqualTo(5000);

        assertThat(threads).hasSizeGreaterThanOrEqualTo(4);
        assertThat(calls).hasSize(10_000);
        assertThat(calls.values().stream().map(AtomicInteger::get).collect(Collectors.toSet()))
                .containsExactly(1);
        try (Stream<Row> rows = db.dataset("counted").stream()) {
            assertThat(rows.map(row -> row.getLong("n")).toList())
                    .isEqualTo(IntStream.range(5000, 10_000)
                            .mapToObj(i -> (long) i)
                            .toList());
        }
    }

    static String fails(Item item) {
        if (item.id() == 2) {
            throw new IllegalArgumentException("no model for it");
        }
        return "fine";
    }

    @Test
    void aFunctionThatFailsFailsTheJobWithItsRow() {
        assertThatThrownBy(() -> items().map("x", FunctionsTest::fails).save("failed"))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageStartingWith("Cannot call FunctionsTest::fails: it failed on the row id=2, kind=b, price=3.5"
                        + " (java.lang.IllegalArgumentException: no model for it)");

        assertThatThrownBy(() -> db.dataset("failed")).isInstanceOf(DatasetDbException.class);
        assertThat(rows(db.sql("SELECT state, error_code FROM registry.jobs"
                        + " WHERE error_message LIKE 'Cannot call FunctionsTest::fails%'")))
                .containsExactly("{state=FAILED, error_code=38000}");
    }

    @Test
    void functionsMayUseTheDatabaseThemselves() {
        assertThat(rows(items().map("others", (Item item) -> db.dataset("items").count() - item.id())
                        .select("others")))
                .containsExactly("{others=2}", "{others=1}", "{others=0}");
    }

    @Test
    void closingTheDatabaseEndsFunctionsThatRun(@TempDir Path folder) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        RowFunction<Item, Integer> waiting = item -> {
            begun.countDown();
            never.await();
            return item.id();
        };
        String warehouse = folder.resolve("w").toString();
        DatasetDb other = DatasetDb.open(warehouse, DatasetDb.Options.DEFAULT.withThreads(3));
        Chain chain = other.readRecords(
                        Item.class, List.of(new Item(1, "a", 1.0), new Item(2, "b", 2.0), new Item(3, "c", 3.0)))
                .map("n", Item.class, Integer.class, waiting);
        FutureTask<Deposited> saving = new FutureTask<>(() -> chain.save("never"));
        new Thread(saving).start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        other.close();

        assertThatThrownBy(() -> saving.get(60, TimeUnit.SECONDS)).hasMessageContaining("cancelled");
        try (DatasetDb again = DatasetDb.open(warehouse)) {
            assertThat(rows(again.sql("SELECT state FROM registry.jobs"))).containsExactly("{state=CANCELLED}");
            assertThatThrownBy(() -> again.dataset("never")).isInstanceOf(DatasetDbException.class);
        }
    }

    private Chain times(int factor) {
        return items().filter("id = 1")
                .map("y", (Item item) -> item.id() * factor)
                .select("y");
    }

    @Test
    void oneStatementMayCallTheSameFunctionTwice() {
        assertThat(rows(items().select("id")
                        .map("a", FunctionsTest::twice)
                        .map("b", "a", FunctionsTest::twice)
                        .limit(1)))
                .containsExactly("{id=1, a=2, b=4}");
        Chain left = items().select("id").map("x", FunctionsTest::twice);
        Chain right = items().select("id").map("x", "id + 1", FunctionsTest::twice);
        assertThat(rows(left.union(right).orderBy("id", "x").limit(2))).containsExactly("{id=1, x=2}", "{id=1, x=4}");
        assertThat(rows(times(3).union(times(5)).union(times(7)).orderBy("y")))
                .containsExactly("{y=3}", "{y=5}", "{y=7}");
        Chain words = db.readRecords(Word.class, List.of(new Word(1, "x")));
        assertThat(rows(words.union(db.readRecords(Word.class, List.of(new Word(2, "y"))))
                        .union(words)))
                .containsExactly("{id=1, word=x}", "{id=2, word=y}", "{id=1, word=x}");
    }
}
