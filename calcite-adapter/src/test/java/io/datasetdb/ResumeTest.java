// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves that fail half-way and are done again: what functions have yielded by then is not computed anew. */
class ResumeTest {
    record Item(int id, String kind) {}

    record Word(int id, String word, List<Double> weights) {}

    private static final int ROWS = 10_000;

    /** Calls of the functions below; they fail at the id {@code broken}. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static volatile int broken;

    @TempDir
    private Path folder;

    private DatasetDb db;

    @BeforeEach
    void open() {
        db = DatasetDb.open(folder.resolve("w").toString(), DatasetDb.Options.DEFAULT.withThreads(4));
        deposit();
        CALLS.set(0);
        broken = 7_000;
    }

    private void deposit() {
        db.deposit("items", IntStream.range(0, ROWS).mapToObj(i -> new Item(i, "k" + i % 100)));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private static void called(int id) {
        if (id == broken) {
            throw new IllegalStateException("broken at " + id);
        }
        CALLS.incrementAndGet();
    }

    static String label(Item item) {
        called(item.id());
        return item.kind() + "/" + item.id();
    }

    static String otherLabel(Item item) {
        called(item.id());
        return "other";
    }

    static List<Word> words(Item item) {
        called(item.id());
        return item.id() % 3 == 0 ? List.of() : List.of(new Word(item.id(), "w", List.of(0.5, (double) item.id())));
    }

    static Word largest(List<Item> items) {
        Item last = items.stream().reduce((a, b) -> a.id() > b.id() ? a : b).orElseThrow();
        called(last.id());
        return new Word(last.id(), last.kind(), List.of());
    }

    private Chain labels() {
        return db.dataset("items").map("label", ResumeTest::label);
    }

    /** How many calls succeeded before the save failed. */
    private int failing(Chain chain, String name) {
        assertThatThrownBy(() -> chain.save(name)).hasMessageContaining("broken at " + broken);
        int before = CALLS.getAndSet(0);
        broken = -1;
        return before;
    }

    private List<Path> checkpoints() throws IOException {
        Path all = folder.resolve("w/checkpoints");
        if (!Files.exists(all)) {
            return List.of();
        }
        try (Stream<Path> below = Files.walk(all)) {
            return below.filter(Files::isRegularFile).toList();
        }
    }

    private List<String> rows(String query) {
        try (Stream<Row> rows = db.sql(query).stream()) {
            return new ArrayList<>(rows.map(Row::toString).toList());
        }
    }

    @Test
    void aMapThatFailedCallsOnlyForTheRest() throws Exception {
        int before = failing(labels(), "labels");
        assertThat(before).isPositive();
        assertThat(checkpoints()).isNotEmpty();
        assertThat(rows("SHOW DATASETS")).hasSize(1);

        assertThat(labels().save("labels").rows()).isEqualTo(ROWS);

        assertThat(CALLS.get()).isEqualTo(ROWS - before);
        assertThat(rows("SELECT count(*) AS n FROM labels WHERE label = kind || '/' || id"))
                .containsExactly("{n=" + ROWS + "}");
        assertThat(checkpoints()).as("gone with the success").isEmpty();
        CALLS.set(0);
        labels().save("labels");
        assertThat(CALLS.get()).as("a save after a success computes").isEqualTo(ROWS);
    }

    @Test
    void anotherProgramGoesOnWithThem() {
        int before = failing(labels(), "labels");
        db.close();
        db = DatasetDb.open(folder.resolve("w").toString(), DatasetDb.Options.DEFAULT.withThreads(2));

        labels().save("labels");

        assertThat(CALLS.get()).isEqualTo(ROWS - before);
    }

    @Test
    void severalFailuresAddUp() {
        int before = failing(labels(), "labels");
        broken = 9_000;
        assertThatThrownBy(() -> labels().save("labels")).hasMessageContaining("broken at 9000");
        broken = -1;

        labels().save("labels");

        assertThat(CALLS.get()).isEqualTo(ROWS - before);
    }

    @Test
    void aGenThatFailedCallsOnlyForTheRest() {
        int before = failing(db.dataset("items").gen(ResumeTest::words), "words");
        assertThat(before).isPositive();

        db.dataset("items").gen(ResumeTest::words).save("words");

        assertThat(CALLS.get()).isEqualTo(ROWS - before);
        assertThat(rows("SELECT count(*) AS n, count(DISTINCT id) AS ids, sum(weights[2]) AS s FROM words"))
                .containsExactly("{n=6666, ids=6666, s=3.3326667E7}");
    }

    @Test
    void anAggThatFailedCallsOnlyForTheRest() {
        broken = 9_950;
        int before = failing(db.dataset("items").agg(ResumeTest::largest, "kind"), "largest");

        db.dataset("items").agg(ResumeTest::largest, "kind").save("largest");

        assertThat(CALLS.get()).isEqualTo(100 - before);
        assertThat(rows("SELECT count(*) AS n, min(id) AS a, max(id) AS b FROM largest"))
                .containsExactly("{n=100, a=9900, b=9999}");
    }

    @Test
    void twoFunctionsOfAChainHaveTheirOwnResults() {
        Chain chain = labels().map("other", ResumeTest::otherLabel);
        failing(chain, "both");

        chain.save("both");

        assertThat(CALLS.get()).isLessThan(2 * ROWS);
        assertThat(rows("SELECT count(*) AS n FROM \"both\" WHERE label = kind || '/' || id AND other = 'other'"))
                .containsExactly("{n=" + ROWS + "}");
    }

    @Test
    void whatIsNotTheSameIsComputedAnew() {
        failing(labels(), "labels");
        labels().save("otherName");
        assertThat(CALLS.getAndSet(0)).as("another name").isEqualTo(ROWS);
        db.dataset("items").map("label", ResumeTest::otherLabel).save("labels");
        assertThat(CALLS.getAndSet(0)).as("another function").isEqualTo(ROWS);
        db.dataset("items").filter("id >= 0").map("label", ResumeTest::label).save("labels");
        assertThat(CALLS.getAndSet(0)).as("another chain").isEqualTo(ROWS);
        deposit();
        labels().save("labels");
        assertThat(CALLS.getAndSet(0)).as("another version of the input").isEqualTo(ROWS);
    }

    private Chain tagged(String tag) {
        return db.dataset("items").map("tag", Item.class, String.class, item -> {
            called(item.id());
            return tag;
        });
    }

    @Test
    void whatAFunctionCapturedIsPartOfIt() {
        int before = failing(tagged("a"), "tags");
        tagged("b").save("tags");
        assertThat(CALLS.getAndSet(0)).isEqualTo(ROWS);
        assertThat(rows("SELECT DISTINCT tag FROM tags")).containsExactly("{tag=b}");
        tagged("a").save("tags");
        assertThat(CALLS.get()).isEqualTo(ROWS - before);
        assertThat(rows("SELECT DISTINCT tag FROM tags")).containsExactly("{tag=a}");
    }

    private Chain counted(AtomicInteger calls) {
        return db.dataset("items").map("n", Item.class, Integer.class, item -> {
            if (item.id() == broken) {
                throw new IllegalStateException("broken at " + item.id());
            }
            return calls.incrementAndGet();
        });
    }

    @Test
    void anObjectThatWasCapturedIsTheSameAsLongAsTheProcessLives() {
        AtomicInteger calls = new AtomicInteger();
        failing(counted(calls), "counted");
        counted(calls).save("counted");
        assertThat(calls.get()).isEqualTo(ROWS);
        assertThat(rows("SELECT count(DISTINCT n) AS n FROM counted")).containsExactly("{n=" + ROWS + "}");
    }

    @Test
    void rowsThatAreEqualKeepResultsOfTheirOwn() {
        db.deposit("same", IntStream.range(0, ROWS).mapToObj(i -> new Item(i < 9_999 ? 1 : 2, "k")));
        broken = 2;
        ConcurrentHashMap<Integer, Integer> seen = new ConcurrentHashMap<>();
        RowFunction<Item, Integer> number = item -> {
            called(item.id());
            int result = CALLS.get();
            seen.merge(result, 1, Integer::sum);
            return result;
        };
        Chain chain = db.dataset("same").map("n", Item.class, Integer.class, number);
        int before = failing(chain, "numbered");

        chain.save("numbered");

        assertThat(CALLS.get()).isEqualTo(ROWS - before);
    }

    @Test
    void aDamagedCheckpointIsComputedAnew() throws Exception {
        failing(labels(), "labels");
        for (Path file : checkpoints()) {
            Files.write(file, new byte[] {1, 2, 3});
        }

        labels().save("labels");

        assertThat(CALLS.get()).isEqualTo(ROWS);
        assertThat(checkpoints()).isEmpty();
    }

    @Test
    void recordsOfTheProgramResumeToo() {
        List<Item> items =
                IntStream.range(0, ROWS).mapToObj(i -> new Item(i, "r")).toList();
        int before = failing(db.readRecords(Item.class, items).map("label", ResumeTest::label), "labels");

        db.readRecords(Item.class, items).map("label", ResumeTest::label).save("labels");

        assertThat(CALLS.get()).isEqualTo(ROWS - before);
    }

    static String size(String path) {
        called(path.endsWith("x7") ? 7_000 : 0);
        return path;
    }

    @Test
    void aFolderThatChangedIsComputedAnew() throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        for (int i = 0; i < 10; i++) {
            Files.writeString(files.resolve("x" + i), "1");
        }
        Chain chain = db.readStorage(files + "/*").map("p", "file.path", ResumeTest::size);
        broken = 7_000;
        int before = failing(chain, "sizes");
        Files.writeString(files.resolve("x3"), "12");

        Chain again = db.readStorage(files + "/*").map("p", "file.path", ResumeTest::size);
        again.save("sizes");

        assertThat(before).isPositive();
        assertThat(CALLS.get()).isEqualTo(10);
    }
}
