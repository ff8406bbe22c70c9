// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A program that changes datasets that others change too, and says so on its output, a line each, once a change has returned:
 * {@code INSERTED number}, {@code COUNTED number}, {@code DEPOSITED number}. Its arguments: the warehouse, its run, and how
 * many rounds or, with a trailing {@code s}, how many seconds.
 */
final class Changer {
    /** What it says once it could begin. */
    static final String READY = "READY";

    static final String INSERTED = "INSERTED ";
    static final String COUNTED = "COUNTED ";
    static final String DEPOSITED = "DEPOSITED ";

    /** Makes the datasets that all change. */
    static final String[] PREPARATION = {
        "CREATE TABLE log (run INTEGER NOT NULL, number INTEGER NOT NULL)",
        "CREATE DATASET counter AS SELECT 0 AS n",
        "CREATE DATASET shared AS SELECT 0 AS run, 0 AS number"
    };

    private static final int COUNT_EVERY = 4;

    private static final String UPDATE = "UPDATE counter SET n = n + 1";

    private static final String MERGE =
            "MERGE INTO counter USING (VALUES (1)) AS s(step) ON TRUE WHEN MATCHED THEN UPDATE SET n = n + step";

    private Changer() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        int run = Integer.parseInt(arguments[1]);
        String length = arguments[2];
        boolean timed = length.endsWith("s");
        long limit = Long.parseLong(timed ? length.substring(0, length.length() - 1) : length);
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            say(READY);
            if (System.in.read() < 0) {
                return;
            }
            long start = System.nanoTime();
            for (int number = 0;
                    timed ? System.nanoTime() - start < limit * 1_000_000_000L : number < limit;
                    number++) {
                statement.executeUpdate("INSERT INTO log VALUES (" + run + ", " + number + ")");
                say(INSERTED + number);
                if (number % COUNT_EVERY == 0) {
                    statement.executeUpdate(number % (2 * COUNT_EVERY) == 0 ? UPDATE : MERGE);
                    say(COUNTED + number);
                    statement.executeUpdate(
                            "CREATE OR REPLACE DATASET shared AS SELECT " + run + " AS run, " + number + " AS number");
                    say(DEPOSITED + number);
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
