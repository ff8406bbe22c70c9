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

/**
 * A program that deposits one round after the other and says so on its output, a line each, once the deposit has returned.
 * Its arguments: the warehouse, its run, how many rounds, the folder whose files it lists now and then ({@code -} for none),
 * and the name with which its datasets begin.
 */
final class Depositor {
    /** What it says once it could deposit. */
    static final String READY = "READY";

    /** Deposits are spread over this many datasets. */
    static final int DATASETS = 3;

    private static final int LIST_EVERY = 4;

    private Depositor() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        String warehouse = arguments[0];
        int run = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        String files = arguments[3];
        String prefix = arguments[4];
        try (Connection connection = DriverManager.getConnection("jdbc:datasetdb:" + warehouse);
                Statement statement = connection.createStatement()) {
            execute(statement, Round.NUMBERS);
            say(READY);
            if (files.equals("-") && System.in.read() < 0) {
                return;
            }
            for (int number = 0; number < rounds; number++) {
                Round round = new Round(run, number);
                if (!files.equals("-") && number % LIST_EVERY == LIST_EVERY - 1) {
                    list(statement, round, Path.of(files));
                } else {
                    String dataset = files.equals("-") ? prefix : prefix + number % DATASETS;
                    say(new Ack(execute(statement, round.sql(dataset)), round.checksum()).toString());
                }
            }
        }
    }

    /** Adds a file to the folder and deposits the list of its files. */
    private static void list(Statement statement, Round round, Path folder) throws SQLException, IOException {
        Files.writeString(
                folder.resolve("%06d-%06d.txt".formatted(round.run(), round.number())), "x".repeat(round.rows()));
        String version = execute(statement, ListedFiles.sql(folder));
        say(new Ack(version, ListedFiles.checksum(folder, "~")).toString());
    }

    /** Runs a deposit; answers {@code dataset@version}. */
    static String execute(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1) + "@" + result.getString(2);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
