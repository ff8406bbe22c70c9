// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A program that inserts, refreshes and reproduces for ever, and says so on its output, a line each: {@code REFRESHED
 * namespace.project.dataset@version} once a refresh has returned, {@code REPRODUCED} once a version was found to be the same
 * again. Its arguments: the warehouse and its run.
 */
final class Refresher {
    /** What it says once it could begin. */
    static final String READY = "READY";

    static final String REFRESHED = "REFRESHED ";
    static final String REPRODUCED = "REPRODUCED";

    /** Makes what is refreshed: one dataset that is refreshed by what was added, one that is made anew. */
    static final String[] PREPARATION = {
        "CREATE TABLE log (n INTEGER NOT NULL, text VARCHAR NOT NULL)",
        "CREATE DATASET picked AS SELECT n, upper(text) AS text FROM log WHERE n % 3 = 0",
        "CREATE DATASET summed AS SELECT n % 100 AS k, count(*) AS c, sum(n) AS s FROM log GROUP BY n % 100"
    };

    static final String REFRESH_PICKED = "REFRESH DATASET picked";
    static final String REFRESH_SUMMED = "REFRESH DATASET summed FULL";

    private static final int ROWS = 20_000;

    private Refresher() {}

    public static void main(String[] arguments) throws SQLException {
        int run = Integer.parseInt(arguments[1]);
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            say(READY);
            for (int round = 0; round < Integer.MAX_VALUE; round++) {
                statement.executeUpdate("INSERT INTO log SELECT " + run + " * 10000000 + " + round + " * " + ROWS
                        + " + i, 'row ' || i FROM generate_series(1, " + ROWS + ") AS g(i)");
                say(REFRESHED + Depositor.execute(statement, REFRESH_PICKED));
                say(REFRESHED + Depositor.execute(statement, REFRESH_SUMMED));
                reproduce(statement, "picked");
                reproduce(statement, "summed");
            }
        }
    }

    private static void reproduce(Statement statement, String dataset) throws SQLException {
        try (ResultSet result = statement.executeQuery("REPRODUCE DATASET " + dataset)) {
            if (!result.next() || !result.getBoolean("identical")) {
                throw new IllegalStateException(dataset + " is not the same again");
            }
        }
        say(REPRODUCED);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
