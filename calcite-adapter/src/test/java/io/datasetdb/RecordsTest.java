// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Records as schemas, both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordsTest {
    enum Kind {
        RAW,
        COOKED
    }

    record Point(double x, Double y) {}

    record Everything(
            boolean flag,
            byte b,
            short s,
            int i,
            long l,
            float f,
            double d,
            Integer boxed,
            String text,
            Kind kind,
            BigDecimal amount,
            BigInteger large,
            LocalDate date,
            LocalTime time,
            LocalDateTime local,
            Instant instant,
            UUID uuid,
            Point point,
            List<Point> points,
            List<String> tags,
            Map<String, Integer> counts,
            Optional<String> note,
            Optional<Point> where,
            OptionalLong size) {}

    record Arrays3(byte[] bytes, float[] embedding, List<Float> floats, int[] numbers, String[][] words) {}

    private DatasetDb db;

    @BeforeAll
    void open(@TempDir Path folder) {
        db = DatasetDb.open(folder.resolve("w"));
    }

    @AfterAll
    void close() {
        db.close();
    }

    private static Everything full() {
        return new Everything(
                true,
                (byte) 1,
                (short) 2,
                3,
                4L,
                0.5f,
                0.25,
                7,
                "héllo",
                Kind.COOKED,
                new BigDecimal("12.50"),
                BigInteger.TEN.pow(30),
                LocalDate.of(2024, 2, 29),
                LocalTime.of(23, 59, 58, 123_456_000),
                LocalDateTime.of(1969, 12, 31, 23, 0, 0, 1000),
                Instant.parse("2026-01-31T12:00:00.123456Z"),
                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                new Point(1, 2.0),
                List.of(new Point(3, null), new Point(4, 5.0)),
                List.of("a", "b"),
                Map.of("x", 1),
                Optional.of("n"),
                Optional.of(new Point(0, 0.0)),
                OptionalLong.of(9));
    }

    private static Everything empty() {
        return new Everything(
                false,
                (byte) 0,
                (short) 0,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    private <R extends Record> List<R> back(String name, Class<R> type) {
        try (Stream<R> rows = db.read(name, type)) {
            return rows.toList();
        }
    }

    @Test
    void whatWasDepositedIsReadBack() {
        Deposited made = db.deposit("every", Stream.of(full(), empty()));

        assertThat(made.rows()).isEqualTo(2);
        assertThat(back("every", Everything.class)).containsExactly(full(), empty());
        assertThat(back(made.name(), Everything.class)).hasSize(2);
        assertThat(db.dataset("every").schema().toString())
                .startsWith("[flag BOOLEAN NOT NULL, b TINYINT NOT NULL, s SMALLINT NOT NULL, i INTEGER NOT NULL,"
                        + " l BIGINT NOT NULL, f REAL NOT NULL, d DOUBLE NOT NULL, boxed INTEGER, text VARCHAR,"
                        + " kind VARCHAR, amount DECIMAL(38, 2), large DECIMAL(38, 0), date DATE, time TIME,"
                        + " local TIMESTAMP, instant TIMESTAMP WITH LOCAL TIME ZONE, uuid UUID,"
                        + " point ROW(x DOUBLE, y DOUBLE), points ROW(x DOUBLE, y DOUBLE) ARRAY, tags VARCHAR ARRAY,"
                        + " counts MAP<VARCHAR, INTEGER>, note VARCHAR, ");
    }

    @Test
    void arraysAreArraysOfEveryKind() {
        db.deposit(
                "arrays",
                Stream.of(new Arrays3(
                        new byte[] {1, 2},
                        new float[] {0.5f, 1},
                        Arrays.asList(1f, null),
                        new int[] {1, 2, 3},
                        new String[][] {{"a"}, {}, {"b", null}})));

        Arrays3 read = back("arrays", Arrays3.class).get(0);
        assertThat(read.bytes()).containsExactly(1, 2);
        assertThat(read.embedding()).containsExactly(0.5f, 1f);
        assertThat(read.floats()).containsExactly(1f, null);
        assertThat(read.numbers()).containsExactly(1, 2, 3);
        assertThat(read.words()).isDeepEqualTo(new String[][] {{"a"}, {}, {"b", null}});
        assertThat(db.dataset("arrays").schema().field(1).type().sql()).isEqualTo("REAL ARRAY");
    }

    record Sorted(
            SortedMap<String, Integer> counts,
            TreeMap<Integer, String> names,
            NavigableSet<String> tags,
            TreeSet<Integer> numbers,
            HashMap<String, Integer> plain,
            ArrayList<String> list,
            LinkedHashSet<String> set,
            Deque<String> queue) {}

    record PlainSorted(List<Integer> numbers) {}

    record SortedLists(SortedSet<List<Integer>> numbers) {}

    record SortedNumbers(SortedSet<Integer> numbers) {}

    @Test
    void sortedAndOtherContainersAreReadBackAsWhatTheyAre() {
        Sorted sorted = new Sorted(
                new TreeMap<>(Map.of("b", 2, "a", 1)),
                new TreeMap<>(Map.of(10, "x", 9, "y")),
                new TreeSet<>(List.of("z", "y")),
                new TreeSet<>(List.of(10, 9)),
                new HashMap<>(Map.of("k", 1)),
                new ArrayList<>(Arrays.asList("l", null)),
                new LinkedHashSet<>(List.of("n", "m")),
                new LinkedList<>(List.of("q", "p")));
        db.deposit("sorted", Stream.of(sorted, new Sorted(null, null, null, null, null, null, null, null)));

        Sorted read = back("sorted", Sorted.class).get(0);
        assertThat(read).isEqualTo(sorted);
        assertThat(read.names().firstKey()).isEqualTo(9);
        assertThat(read.tags().last()).isEqualTo("z");
        assertThatThrownBy(() -> read.counts().clear()).isInstanceOf(UnsupportedOperationException.class);
        read.list().add("mine");
        assertThat(back("sorted", Sorted.class).get(1).numbers()).isNull();

        db.deposit("plain_sorted", Stream.of(new PlainSorted(Arrays.asList(3, null))));
        assertThatThrownBy(() -> back("plain_sorted", SortedNumbers.class))
                .hasMessage(
                        "Cannot read elements of column numbers as component numbers of SortedNumbers: the value is no"
                                + " element of a sorted set (NULL)");
        assertThatThrownBy(() -> back("plain_sorted", SortedLists.class)).isInstanceOf(DatasetDbException.class);
    }

    record Named(String name, List<String> tags) {}

    @Test
    void textThatIsNoUnicodeIsNotStored() {
        Stream<Named> rows = Stream.of(
                new Named("fine \uD83D\uDE00", List.of()), new Named("a\uD83Db", List.of()), new Named("c", List.of()));
        assertThatThrownBy(() -> db.deposit("named", rows))
                .hasMessage("Cannot store component name of Named in row 2: its character 2 is one half of a surrogate"
                        + " pair (a?b)")
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("22021"));
        assertThatThrownBy(() -> db.deposit("named", Stream.of(new Named("x", List.of("y", "\uDE00")))))
                .hasMessageContaining("component tags of Named in row 1");
        assertThatThrownBy(() -> db.sql("SELECT ? AS a", "\uDE00").show()).isInstanceOf(DatasetDbException.class);
        db.deposit("named", Stream.of(new Named("\uD83D\uDE00", List.of())));
        assertThat(back("named", Named.class).get(0).name()).isEqualTo("\uD83D\uDE00");
    }

    record Few(Optional<Instant> missing, String lastModified, Set<Integer> numbers) {}

    @Test
    void columnsAreFoundByNameAndOthersIgnored() {
        db.sql("CREATE DATASET wide AS SELECT 1 AS id, 'x' AS \"LAST_MODIFIED\", [2, 1, 2] AS numbers");

        assertThat(back("wide", Few.class)).containsExactly(new Few(Optional.empty(), "x", Set.of(1, 2)));
    }

    record Absent(int a, Optional<Integer> number, Optional<List<String>> words, OptionalInt small) {}

    @Test
    void anOptionalMayBeWithoutColumnAndWithoutType() {
        db.sql("CREATE DATASET absent AS SELECT 1 AS a");
        Absent expected = new Absent(1, Optional.empty(), Optional.empty(), OptionalInt.empty());
        assertThat(back("absent", Absent.class)).containsExactly(expected);
        try (Stream<Absent> rows = db.sql("SELECT 1 AS a, NULL AS number").stream(Absent.class)) {
            assertThat(rows).containsExactly(expected);
        }
    }

    record Letters(char one, Character other) {}

    @Test
    void aCharIsATextOfOneCharacter() {
        db.deposit("letters", Stream.of(new Letters('a', 'ö'), new Letters('\n', null)));
        assertThat(back("letters", Letters.class)).containsExactly(new Letters('a', 'ö'), new Letters('\n', null));
        db.sql("CREATE DATASET words AS SELECT 'ab' AS one, 'c' AS other");
        assertThatThrownBy(() -> back("words", Letters.class))
                .hasMessage("Cannot read column one as component one of Letters: the value is no char (ab)");
    }

    record Nothing() {}

    record Twice(int id, int ID) {}

    @Test
    void aRecordHasComponentsThatAreColumns() {
        assertThatThrownBy(() -> db.deposit("nothing", Stream.of(new Nothing())))
                .hasMessage("Cannot use record " + Nothing.class.getTypeName() + ": it has no components");
        assertThatThrownBy(() -> db.deposit("twice", Stream.of(new Twice(1, 2))))
                .hasMessage(
                        "Cannot use record " + Twice.class.getTypeName() + ": two components differ in case only (ID)");
    }

    record Numbers(long a, int b, double c, BigDecimal d, float e) {}

    @Test
    void numbersFitWhereTheyAreExact() {
        db.sql("CREATE DATASET numbers AS SELECT CAST(1 AS TINYINT) AS a, CAST(2 AS BIGINT) AS b, 0.5 AS c, 7 AS d,"
                + " CAST(0.25 AS DOUBLE) AS e");
        assertThat(back("numbers", Numbers.class)).containsExactly(new Numbers(1, 2, 0.5, new BigDecimal(7), 0.25f));

        db.sql("CREATE OR REPLACE DATASET numbers AS SELECT 1 AS a, 5000000000 AS b, 0.5 AS c, 7 AS d, 1 AS e");
        assertThatThrownBy(() -> back("numbers", Numbers.class))
                .hasMessage("Cannot read column b as component b of Numbers: the value is no Integer (5000000000)");
    }

    record Wrong(List<String> id) {}

    record Missing(int idd) {}

    record NotNull(int n) {}

    record OfKind(Kind kind) {}

    @Test
    void whatDoesNotFitIsOneSentence() {
        db.sql("CREATE DATASET small AS SELECT 1 AS id, CAST(NULL AS INTEGER) AS n, 'FRIED' AS kind");

        assertThatThrownBy(() -> back("small", Wrong.class))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot read column id as component id of Wrong: INTEGER is no"
                        + " java.util.List<java.lang.String>");
        assertThatThrownBy(() -> back("small", Missing.class))
                .hasMessage("Cannot read rows as Missing: there is no column for its component idd (did you mean id?)");
        assertThatThrownBy(() -> back("small", NotNull.class))
                .hasMessage("Cannot read column n as component n of NotNull: it is NULL, which no int can be; a boxed"
                        + " type or Optional can");
        assertThatThrownBy(() -> back("small", OfKind.class))
                .hasMessage("Cannot read column kind as component kind of OfKind: the value is no Kind (FRIED)");
    }

    record Unsupported(Thread thread) {}

    record Recursive(List<Recursive> children) {}

    record Raw(@SuppressWarnings("rawtypes") List list) {}

    record Money(@Decimal(precision = 10, scale = 2) BigDecimal amount) {}

    record Plain(BigDecimal amount) {}

    record Text(String text) {}

    @Test
    void whatCannotBeStoredIsOneSentenceAndNothingIsDeposited() {
        assertThatThrownBy(() -> db.deposit("bad", Stream.of(new Unsupported(null))))
                .hasMessage("Cannot use component thread of Unsupported: its Java type has no column type"
                        + " (java.lang.Thread)");
        assertThatThrownBy(() -> db.deposit("bad", Stream.of(new Recursive(List.of()))))
                .hasMessageContaining("contains itself");
        assertThatThrownBy(() -> db.deposit("bad", Stream.of(new Raw(List.of()))))
                .hasMessageContaining("type of its elements is not known");
        assertThatThrownBy(() -> db.deposit("bad", Stream.of(new Money(new BigDecimal("1.234")))))
                .hasMessageContaining("does not fit DECIMAL(10, 2)")
                .hasMessageContaining("1.234");
        assertThatThrownBy(() -> db.deposit("bad", Stream.of(new Text("a"), new Plain(null))))
                .isInstanceOf(Exception.class);
        assertThatThrownBy(() -> db.deposit("bad", Stream.<Text>empty())).hasMessageContaining("give the class");
        assertThatThrownBy(() -> db.deposit("bad", Stream.of(new Text("a"), null)))
                .hasMessageContaining("row 2 is null");
        Stream<Text> failing = IntStream.range(0, 100_000).mapToObj(i -> {
            if (i == 50_000) {
                throw new IllegalStateException("broken pipe");
            }
            return new Text("t" + i);
        });
        assertThatThrownBy(() -> db.deposit("bad", failing))
                .hasMessage("Cannot deposit the stream: it failed after 50000 rows (java.lang.IllegalStateException:"
                        + " broken pipe)");

        assertThatThrownBy(() -> db.dataset("bad")).isInstanceOf(DatasetDbException.class);
        try (Stream<Row> jobs = db
                .sql("SELECT state, error_message FROM registry.jobs WHERE state = 'FAILED' AND"
                        + " error_message LIKE '%broken pipe%'")
                .stream()) {
            assertThat(jobs).hasSize(1);
        }
    }

    @Test
    void emptyStreamsAndManyRowsAreDepositsToo() {
        Deposited none = db.deposit("none", Text.class, Stream.empty(), Save.NEXT);
        assertThat(none.rows()).isZero();
        assertThat(db.dataset("none").schema().toString()).isEqualTo("[text VARCHAR]");

        db.deposit("many", IntStream.range(0, 100_000).mapToObj(i -> new Plain(BigDecimal.valueOf(i, 3))));
        assertThat(db.dataset("many").count()).isEqualTo(100_000);
        try (Stream<Plain> rows = db.read("many", Plain.class)) {
            assertThat(rows.skip(99_999).findFirst()).contains(new Plain(new BigDecimal("99.999")));
        }
    }

    @Test
    void theRecordIsRecordedAsWhatItCameFrom() {
        db.deposit("provenance", Stream.of(new Text("x")));

        try (Stream<Row> rows = db.sql("SELECT statement FROM registry.versions WHERE name = 'provenance'").stream()) {
            assertThat(rows.findFirst().orElseThrow().getString("statement"))
                    .isEqualTo("CREATE OR REPLACE DATASET \"provenance\" AS SELECT * FROM TABLE(\""
                            + Text.class.getName() + "\"())");
        }
        try (Stream<Row> rows = db
                .sql("SELECT function_name, function_hash FROM registry.function_uses" + " WHERE name = 'provenance'")
                .stream()) {
            Row use = rows.findFirst().orElseThrow();
            assertThat(use.getString("function_name")).isEqualTo(Text.class.getName());
            assertThat(use.getString("function_hash")).matches("[0-9a-f]{64}");
        }
    }

    record At(OffsetDateTime at) {}

    @Test
    void instantsOfOtherClassesAreInstants() {
        db.deposit("at", Stream.of(new At(OffsetDateTime.parse("2026-01-31T12:00:00+02:00"))));

        assertThat(back("at", At.class)).containsExactly(new At(OffsetDateTime.parse("2026-01-31T10:00:00Z")));
    }

    @Test
    void recordsInMemoryAreAChainToo() {
        assertThat(
                        db
                                .readRecords(Point.class, List.of(new Point(1, 2.0), new Point(3, null)))
                                .filter("y IS NULL")
                                .stream(Point.class)
                                .toList())
                .containsExactly(new Point(3, null));
    }
}
