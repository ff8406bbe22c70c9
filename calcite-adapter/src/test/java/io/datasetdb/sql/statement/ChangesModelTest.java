// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random INSERT, UPDATE, DELETE and MERGE statements against lists of Java objects: NULL keys, NaN, equal rows, fields of
 * ROWs. After each statement the dataset is read as a whole and by conditions that statistics can decide; at the end every
 * version is what it was when it was made.
 */
class ChangesModelTest {
    private static final int STEPS = 30;
    private static final String COLUMNS = "id, v, s, f.a, f.b, f IS NULL, tags[1], day";

    private record Row(Integer id, Double v, String s, boolean hasF, Integer a, String b, Integer tag, String day) {
        String text() {
            return id + " | " + v + " | " + s + " | " + a + " | " + b + " | " + !hasF + " | " + tag + " | " + day;
        }

        String values() {
            return "(" + id + ", " + number(v) + ", " + quoted(s) + ", "
                    + (hasF ? "ROW(" + a + ", " + quoted(b) + ")" : "NULL") + ", "
                    + (tag == null ? "NULL" : "ARRAY[" + tag + ", 0]") + ", "
                    + (day == null ? "NULL" : "DATE '" + day + "'") + ")";
        }

        Row withV(Double value) {
            return new Row(id, value, s, hasF, a, b, tag, day);
        }

        Row withS(String value) {
            return new Row(id, v, value, hasF, a, b, tag, day);
        }

        Row withA(Integer value) {
            return new Row(id, v, s, true, value, b, tag, day);
        }

        Row withId(Integer value) {
            return new Row(value, v, s, hasF, a, b, tag, day);
        }
    }

    private record Source(Integer id, Double w, String t) {}

    private record Condition(String sql, Predicate<Row> holds) {}

    @TempDir
    private Path warehouse;

    private Db db;
    private Random random;
    private List<Row> model = new ArrayList<>();
    private List<Source> sources = List.of();
    private final Map<String, List<String>> versions = new LinkedHashMap<>();

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private static String number(Double value) {
        return value == null ? "NULL" : value.isNaN() ? "CAST('NaN' AS DOUBLE)" : "CAST(" + value + " AS DOUBLE)";
    }

    private static String quoted(String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }

    private <T> T orNull(T value) {
        return random.nextInt(6) == 0 ? null : value;
    }

    private Row row() {
        boolean hasF = random.nextInt(4) > 0;
        Double v = random.nextInt(8) == 0 ? Double.NaN : Double.valueOf(random.nextInt(40) - 20);
        return new Row(
                orNull(random.nextInt(60)),
                orNull(v),
                orNull("s" + random.nextInt(15)),
                hasF,
                hasF ? orNull(random.nextInt(9)) : null,
                hasF ? orNull("b" + random.nextInt(9)) : null,
                orNull(random.nextInt(5)),
                orNull("2024-01-" + (10 + random.nextInt(15))));
    }

    private Condition condition() {
        int k = random.nextInt(60);
        String text = "s" + random.nextInt(15);
        double bound = random.nextInt(40) - 20;
        return switch (random.nextInt(13)) {
            case 0 -> new Condition("d.id = " + k, row -> row.id != null && row.id == k);
            case 1 -> new Condition("d.id IS NULL", row -> row.id == null);
            case 2 ->
                new Condition(
                        "d.id BETWEEN " + k + " AND " + (k + 5),
                        row -> row.id != null && row.id >= k && row.id <= k + 5);
            case 3 -> new Condition("d.v > " + bound, row -> row.v != null && Double.compare(row.v, bound) > 0);
            case 4 -> new Condition("d.v = CAST('NaN' AS DOUBLE)", row -> row.v != null && row.v.isNaN());
            case 5 -> new Condition("d.s = '" + text + "'", row -> text.equals(row.s));
            case 6 -> new Condition("d.s LIKE 's1%'", row -> row.s != null && row.s.startsWith("s1"));
            case 7 -> new Condition("d.f.a = " + k % 9, row -> row.a != null && row.a == k % 9);
            case 8 -> new Condition("d.f IS NULL AND d.v <= 0", row -> !row.hasF && row.v != null && row.v <= 0);
            case 9 ->
                new Condition(
                        "d.id IN (SELECT id FROM src)",
                        row -> row.id != null && sources.stream().anyMatch(source -> row.id.equals(source.id)));
            case 10 -> new Condition("NOT (d.id = " + k + ")", row -> row.id != null && row.id != k);
            case 11 ->
                new Condition(
                        "NOT EXISTS (SELECT 1 FROM src WHERE src.id = d.id)",
                        row -> row.id == null || sources.stream().noneMatch(source -> row.id.equals(source.id)));
            default ->
                new Condition(
                        "d.day >= DATE '2024-01-" + (10 + k % 15) + "'",
                        row -> row.day != null && row.day.compareTo("2024-01-" + (10 + k % 15)) >= 0);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void changesDoWhatTheyDoToAList(long seed) {
        random = new Random(seed);
        start();
        for (int step = 0; step < STEPS; step++) {
            if (step % 5 == 0) {
                newSources();
            }
            String sql = step();
            check("seed " + seed + ", step " + step + ": " + sql);
        }
        versions.forEach((version, rows) -> assertThat(db.rows("SELECT " + COLUMNS + " FROM \"d@" + version + "\""))
                .as("seed %d, version %s at the end", seed, version)
                .isEqualTo(rows));
    }

    private void start() {
        model = IntStream.range(0, 300)
                .mapToObj(i -> row())
                .sorted(Comparator.comparing(Row::id, Comparator.nullsLast(Comparator.naturalOrder())))
                .collect(Collectors.toCollection(ArrayList::new));
        db.rows("CREATE TABLE unordered (id INTEGER, v DOUBLE, s VARCHAR, f ROW(a INTEGER, b VARCHAR), tags INTEGER"
                + " ARRAY, day DATE)");
        db.rows("INSERT INTO unordered VALUES "
                + model.stream().map(Row::values).collect(Collectors.joining(", ")));
        db.rows("CREATE DATASET d AS SELECT * FROM unordered ORDER BY id");
        db.rows("COMMENT ON COLUMN d.s IS 'kept'");
        db.rows("ALTER DATASET d SET LABELS ('kept=yes')");
    }

    private void newSources() {
        sources = IntStream.range(0, 12)
                .mapToObj(i -> new Source(
                        orNull(random.nextInt(70)),
                        orNull((double) random.nextInt(9)),
                        orNull("t" + random.nextInt(9))))
                .toList();
        db.rows("CREATE OR REPLACE DATASET src AS SELECT * FROM (VALUES "
                + sources.stream()
                        .map(source -> "(" + source.id + ", " + number(source.w) + ", " + quoted(source.t) + ")")
                        .collect(Collectors.joining(", "))
                + ") AS t(id, w, t)");
    }

    private String step() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> insert();
            case 2 -> insertQuery();
            case 3, 4 -> update();
            case 5 -> updateFrom();
            case 6 -> delete();
            case 7 -> deleteUsing();
            default -> merge();
        };
    }

    private String run(String sql, List<Row> after) {
        db.rows(sql);
        model = after;
        return sql;
    }

    private String insert() {
        List<Row> rows =
                IntStream.range(0, 1 + random.nextInt(30)).mapToObj(i -> row()).toList();
        List<Row> after = new ArrayList<>(model);
        after.addAll(rows);
        return run("INSERT INTO d VALUES " + rows.stream().map(Row::values).collect(Collectors.joining(", ")), after);
    }

    private String insertQuery() {
        Condition condition = condition();
        List<Row> after = new ArrayList<>(model);
        model.stream()
                .filter(condition.holds)
                .map(row ->
                        new Row(row.id == null ? null : row.id + 1, row.v, "copy", false, null, null, null, row.day))
                .forEach(after::add);
        return run("INSERT INTO d (day, id, s, v) SELECT day, id + 1, 'copy', v FROM d WHERE " + condition.sql, after);
    }

    private String update() {
        Condition condition = condition();
        int k = random.nextInt(100);
        return switch (random.nextInt(4)) {
            case 0 ->
                update(
                        "v = v + 1, s = 'u" + k + "'",
                        condition,
                        row -> row.withV(row.v == null ? null : Double.valueOf(row.v + 1))
                                .withS("u" + k));
            case 1 -> update("f.a = " + k % 9, condition, row -> row.withA(k % 9));
            case 2 ->
                update(
                        "id = NULLIF(id, " + k % 60 + ")",
                        condition,
                        row -> row.withId(row.id != null && row.id == k % 60 ? null : row.id));
            default ->
                update(
                        "(s, v) = (DEFAULT, CAST('NaN' AS DOUBLE))",
                        condition,
                        row -> row.withS(null).withV(Double.NaN));
        };
    }

    private String update(String set, Condition condition, UnaryOperator<Row> change) {
        List<Row> after = model.stream()
                .map(row -> condition.holds.test(row) ? change.apply(row) : row)
                .collect(Collectors.toCollection(ArrayList::new));
        return run("UPDATE d SET " + set + " WHERE " + condition.sql, after);
    }

    private List<Source> matches(Row row) {
        return sources.stream()
                .filter(source -> row.id != null && row.id.equals(source.id))
                .toList();
    }

    /** Of several rows of the source the first one counts. */
    private String updateFrom() {
        Condition condition = condition();
        List<Row> after = model.stream()
                .map(row -> condition.holds.test(row) && !matches(row).isEmpty()
                        ? row.withS(matches(row).get(0).t).withV(matches(row).get(0).w)
                        : row)
                .collect(Collectors.toCollection(ArrayList::new));
        return run("UPDATE d SET s = src.t, v = src.w FROM src WHERE src.id = d.id AND (" + condition.sql + ")", after);
    }

    private String delete() {
        Condition condition = condition();
        int k = random.nextInt(3);
        List<Row> after = model.stream()
                .filter(row -> !(condition.holds.test(row) && row.tag != null && row.tag % 3 == k))
                .collect(Collectors.toCollection(ArrayList::new));
        return run("DELETE FROM d WHERE (" + condition.sql + ") AND MOD(d.tags[1], 3) = " + k, after);
    }

    private String deleteUsing() {
        List<Row> after = model.stream()
                .filter(row -> matches(row).stream().noneMatch(source -> source.t != null && source.w != null))
                .collect(Collectors.toCollection(ArrayList::new));
        return run("DELETE FROM d USING src AS q WHERE q.id = d.id AND q.t IS NOT NULL AND q.w IS NOT NULL", after);
    }

    private String merge() {
        Condition condition = condition();
        boolean bySource = random.nextBoolean();
        String sql = "MERGE INTO d USING src ON d.id = src.id"
                + " WHEN MATCHED AND src.w IS NULL THEN DO NOTHING"
                + " WHEN MATCHED AND (" + condition.sql + ") THEN DELETE"
                + " WHEN MATCHED AND src.t IS NOT NULL THEN UPDATE SET s = src.t, v = src.w * 2"
                + " WHEN NOT MATCHED AND src.t IS NULL THEN DO NOTHING"
                + " WHEN NOT MATCHED THEN INSERT (id, s, v) VALUES (src.id, src.t, src.w)"
                + (bySource ? " WHEN NOT MATCHED BY SOURCE AND d.v < 0 THEN UPDATE SET f.a = NULL" : "");
        List<Row> after = new ArrayList<>();
        for (Row row : model) {
            List<Source> matches = matches(row);
            List<Source> changing = matches.stream()
                    .filter(source -> source.w != null && (condition.holds.test(row) || source.t != null))
                    .toList();
            if (changing.size() > 1) {
                assertThat(db.failure(sql)).startsWith("21000 ");
                return sql;
            }
            if (changing.size() == 1) {
                if (!condition.holds.test(row)) {
                    after.add(row.withS(changing.get(0).t).withV(changing.get(0).w * 2));
                }
            } else if (bySource && matches.isEmpty() && row.v != null && row.v < 0) {
                after.add(row.withA(null));
            } else {
                after.add(row);
            }
        }
        for (Source source : sources) {
            boolean isMatched = model.stream().anyMatch(row -> row.id != null && row.id.equals(source.id));
            if (!isMatched && source.t != null) {
                after.add(new Row(source.id, source.w, source.t, false, null, null, null, null));
            }
        }
        return run(sql, after);
    }

    private void check(String what) {
        List<String> rows = model.stream().map(Row::text).toList();
        assertThat(db.rows("SELECT " + COLUMNS + " FROM d")).as(what).isEqualTo(rows);
        versions.put(
                db.rows("SELECT latest_version FROM registry.datasets WHERE name = 'd'")
                        .get(0),
                rows);
        for (int i = 0; i < 3; i++) {
            Condition condition = condition();
            assertThat(db.rows("SELECT " + COLUMNS + " FROM d WHERE " + condition.sql))
                    .as(what + " where " + condition.sql)
                    .isEqualTo(model.stream()
                            .filter(condition.holds)
                            .map(Row::text)
                            .toList());
        }
        List<Integer> ids = model.stream()
                .map(Row::id)
                .sorted(Comparator.nullsLast(Comparator.naturalOrder()))
                .toList();
        assertThat(db.rows("SELECT id FROM d ORDER BY id"))
                .as(what + " ordered")
                .isEqualTo(ids.stream().map(String::valueOf).toList());
        assertThat(db.rows("SELECT id FROM d ORDER BY id DESC LIMIT 7"))
                .as(what + " from the other end")
                .isEqualTo(ids.stream()
                        .filter(Objects::nonNull)
                        .sorted(Comparator.reverseOrder())
                        .limit(7)
                        .map(String::valueOf)
                        .toList());
        assertThat(db.rows("SELECT count(*), count(id), min(id), max(id), max(day) FROM d"))
                .as(what + " aggregated")
                .containsExactly(model.size() + " | "
                        + ids.stream().filter(Objects::nonNull).count() + " | "
                        + ids.stream()
                                .filter(Objects::nonNull)
                                .min(Comparator.naturalOrder())
                                .orElse(null)
                        + " | "
                        + ids.stream()
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElse(null)
                        + " | "
                        + model.stream()
                                .map(Row::day)
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElse(null));
        assertThat(db.rows(
                        "SELECT null_count FROM registry.columns WHERE name = 'd' AND column_name = 'id' AND version ="
                                + " (SELECT latest_version FROM registry.datasets WHERE name = 'd')"))
                .as(what + " statistics")
                .containsExactly("" + ids.stream().filter(Objects::isNull).count());
        assertThat(db.rows("SELECT comment FROM registry.columns WHERE name = 'd' AND column_name = 's' AND version ="
                        + " (SELECT latest_version FROM registry.datasets WHERE name = 'd')"))
                .as(what + " comment")
                .containsExactly("kept");
    }
}
