// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.util.Random;

/**
 * One deposit of one process, of which everybody can say what its rows are without reading them.
 *
 * @param run which process
 * @param number which of its deposits, from 0
 */
record Round(int run, int number) {
    /** A dataset of the numbers below 10 000, from which all others are made. */
    static final String NUMBERS =
            "CREATE DATASET IF NOT EXISTS numbers AS WITH d(i) AS (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) "
                    + "SELECT CAST(a.i + 10 * b.i + 100 * c.i + 1000 * e.i AS BIGINT) AS n FROM d a, d b, d c, d e ORDER BY 1";

    int rows() {
        return 500 + new Random(31L * run + number).nextInt(6000);
    }

    /** A deposit of these rows into {@code dataset}. */
    String sql(String dataset) {
        return "CREATE OR REPLACE DATASET " + dataset + " AS SELECT " + run + " AS run, " + number + " AS round, n, "
                + "MOD(n * 7919 + " + number + ", 10007) AS mixed, 'r" + run
                + "-' || CAST(MOD(n, 97) AS VARCHAR) AS label, "
                + "CASE WHEN MOD(n, 7) = 0 THEN NULL ELSE CAST(n AS DECIMAL(12, 2)) + 0.25 END AS amount "
                + "FROM numbers WHERE n < " + rows() + " ORDER BY n DESC";
    }

    /** The checksum of the rows in their stored order. */
    String checksum() {
        RowsChecksum checksum = new RowsChecksum();
        for (long n = rows() - 1; n >= 0; n--) {
            checksum.add(String.valueOf(run));
            checksum.add(String.valueOf(number));
            checksum.add(String.valueOf(n));
            checksum.add(String.valueOf((n * 7919 + number) % 10007));
            checksum.add("r" + run + "-" + n % 97);
            checksum.add(n % 7 == 0 ? null : n + ".25");
        }
        return checksum.value();
    }
}
