// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A program that asks for more rows than its memory holds and checks every answer against what it must be by construction:
 * row {@code n} of the dataset {@code large} has the key {@code n * 7919} modulo a prime that is one more than the number of
 * rows, so that each key from 1 on comes once. Its arguments: the warehouse, that prime, and what to do, one word after the
 * other.
 */
final class LargeQueries {
    /** What it says of an answer that is right. */
    static final String FINE = "FINE";

    private static final long FACTOR = 7919;
    private static final String TEXT = " of a table that is larger than the memory";

    private final Statement statement;
    private final long prime;

    private LargeQueries(Statement statement, long prime) {
        this.statement = statement;
        this.prime = prime;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            LargeQueries queries = new LargeQueries(statement, Long.parseLong(arguments[1]));
            for (String what : List.of(arguments).subList(2, arguments.length)) {
                say(what + " " + queries.run(what));
            }
        }
    }

    private String run(String what) throws SQLException, IOException {
        try {
            switch (what) {
                case "make" -> make();
                case "sort" -> sort(false);
                case "hang" -> sort(true);
                case "texts" -> texts();
                case "windows" -> windows();
                case "groups" -> groups();
                case "distinct" -> distinct();
                case "join" -> join();
                case "whole" -> whole();
                case "count" -> count();
                case "both" -> both();
                default -> throw new IllegalArgumentException(what);
            }
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
        check(spillFolders() == 0, "temporary files stay");
        return FINE;
    }

    private void make() throws SQLException {
        Depositor.execute(
                statement,
                "CREATE DATASET IF NOT EXISTS large AS SELECT n, MOD(n * " + FACTOR + ", " + prime
                        + ") AS k, 'row ' || "
                        + "CAST(n AS VARCHAR) || '" + TEXT + "' AS text FROM generate_series(1, " + (prime - 1)
                        + ") AS s(n)");
    }

    private void sort(boolean hang) throws SQLException, IOException {
        try (ResultSet rows = statement.executeQuery("SELECT k, n, text FROM large ORDER BY k")) {
            for (long k = 1; k < prime; k++) {
                check(rows.next(), "the rows end before " + k);
                long n = rows.getLong(2);
                check(rows.getLong(1) == k && n * FACTOR % prime == k, "row " + n + " is at place " + k);
                check(rows.getString(3).equals("row " + n + TEXT), "another text at row " + n);
                if (k == 1) {
                    check(spillFolders() > 0, "all fitted in memory");
                    if (hang) {
                        say("HANGING");
                        check(System.in.read() >= 0, "nobody waits");
                    }
                }
            }
            check(!rows.next(), "there are more rows");
        }
    }

    private void texts() throws SQLException {
        String before = "~";
        long sum = 0;
        try (ResultSet rows = statement.executeQuery("SELECT text, n FROM large ORDER BY text DESC")) {
            while (rows.next()) {
                String text = rows.getString(1);
                check(text.compareTo(before) < 0, text + " comes after " + before);
                before = text;
                sum += rows.getLong(2);
            }
        }
        check(sum == prime * (prime - 1) / 2, "the sum is " + sum);
    }

    /** Each row's neighbour in the order of the keys of its partition. */
    private void windows() throws SQLException {
        long parts = 1000;
        long rows = 0;
        try (ResultSet result = statement.executeQuery("SELECT k, lag(k) OVER w, count(*) OVER w, text FROM large "
                + "WINDOW w AS (PARTITION BY MOD(k, " + parts + ") ORDER BY k)")) {
            while (result.next()) {
                rows++;
                long k = result.getLong(1);
                long before = result.getLong(2);
                boolean first = k < parts || k == parts;
                check(result.wasNull() == first && (first || before == k - parts), before + " is before " + k);
                check(result.getLong(3) == (k + parts - 1) / parts, "count at " + k);
            }
        }
        check(rows == prime - 1, "there are " + rows + " rows");
    }

    private void groups() throws SQLException, IOException {
        long groups = 0;
        long sum = 0;
        try (ResultSet rows =
                statement.executeQuery("SELECT text, count(*), sum(n), min(k) FROM large GROUP BY text")) {
            while (rows.next()) {
                check(groups > 0 || spillFolders() > 0, "all fitted in memory");
                long n = rows.getLong(3);
                check(rows.getLong(2) == 1 && rows.getString(1).equals("row " + n + TEXT), "another text at row " + n);
                check(rows.getLong(4) == n * FACTOR % prime, "another key at row " + n);
                groups++;
                sum += n;
            }
        }
        check(groups == prime - 1 && sum == prime * (prime - 1) / 2, groups + " groups of " + sum);
    }

    /** Half the keys, twice each. */
    private void distinct() throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT count(*), sum(half) FROM (SELECT DISTINCT (n + 1) / 2 AS half, "
                        + "'number ' || CAST((n + 1) / 2 AS VARCHAR) || '" + TEXT + "' AS text FROM large)")) {
            rows.next();
            long half = (prime - 1) / 2;
            check(rows.getLong(1) == half, "there are " + rows.getLong(1) + " different rows");
            check(rows.getLong(2) == half * (half + 1) / 2, "their sum is " + rows.getLong(2));
        }
    }

    /** Each key is the number of one row. */
    private void join() throws SQLException, IOException {
        long count = 0;
        long sum = 0;
        try (ResultSet rows =
                statement.executeQuery("SELECT a.n, b.n, a.text, b.text FROM large a JOIN large b ON a.k = b.n")) {
            while (rows.next()) {
                check(count > 0 || spillFolders() > 0, "all fitted in memory");
                long n = rows.getLong(1);
                long k = rows.getLong(2);
                check(k == n * FACTOR % prime, "row " + n + " is joined with row " + k);
                check(rows.getString(3).equals("row " + n + TEXT), "another text at row " + n);
                check(rows.getString(4).equals("row " + k + TEXT), "another text at row " + k);
                count++;
                sum += k;
            }
        }
        check(count == prime - 1 && sum == prime * (prime - 1) / 2, count + " pairs of " + sum);
    }

    /** A partition of all rows: windows keep partitions in memory. */
    private void whole() throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) OVER (), text FROM large")) {
            check(!rows.next(), "there is room for all rows");
        }
    }

    /** Two sorts at the same time, each of which would take all that one may have. */
    private void both() throws SQLException, IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Statement other = statement.getConnection().createStatement()) {
            Thread thread = new Thread(() -> {
                try {
                    new LargeQueries(other, prime).texts();
                } catch (SQLException | RuntimeException e) {
                    failure.set(e);
                }
            });
            thread.start();
            sort(false);
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        check(failure.get() == null, "the other sort failed: " + failure.get());
    }

    private void count() throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*), sum(k) FROM large")) {
            rows.next();
            check(rows.getLong(1) == prime - 1 && rows.getLong(2) == prime * (prime - 1) / 2, "the count is wrong");
        }
    }

    /** How many folders of temporary files there are, of whatever process. */
    static long spillFolders(Path temporary) throws IOException {
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(path -> path.getFileName().toString().startsWith("datasetdb-spill-"))
                    .count();
        }
    }

    private static long spillFolders() throws IOException {
        return spillFolders(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
