// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two small tables with many duplicates and NULLs, made from a seed. */
final class OracleData {
    /** A column: its name and SQL type, which all three engines know. */
    record Column(String name, String type) {}

    /** A table with its rows; values are Integer, Long, Double, String, LocalDate, Boolean, BigDecimal or null. */
    record Table(String name, List<Column> columns, List<Object[]> rows) {}

    private static final String[] WORDS = {"alpha", "beta", "Gamma", "delta", "epsilon", "", "zeta_1", "50%", "ÄÖ", "日本"
    };

    private OracleData() {}

    static List<Table> tables(long seed) {
        Random random = new Random(seed);
        return List.of(first(random), second(random));
    }

    private static Table first(Random random) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            rows.add(new Object[] {
                i,
                random.nextInt(7),
                maybe(random, (long) random.nextInt(2_000_001) - 1_000_000),
                maybe(random, random.nextInt(40_000) / 8.0 - 2_500),
                maybe(random, WORDS[random.nextInt(WORDS.length)]),
                maybe(random, LocalDate.of(1990 + random.nextInt(40), 1 + random.nextInt(12), 1 + random.nextInt(28))),
                maybe(random, random.nextBoolean()),
                maybe(random, BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 2))
            });
        }
        return new Table(
                "t1",
                List.of(
                        new Column("id", "INTEGER"),
                        new Column("g", "INTEGER"),
                        new Column("x", "BIGINT"),
                        new Column("d", "DOUBLE"),
                        new Column("s", "VARCHAR"),
                        new Column("dt", "DATE"),
                        new Column("b", "BOOLEAN"),
                        new Column("m", "DECIMAL(12, 2)")),
                rows);
    }

    private static Table second(Random random) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            rows.add(new Object[] {
                i,
                maybe(random, random.nextInt(450)),
                maybe(random, random.nextInt(21) - 10),
                maybe(random, WORDS[random.nextInt(WORDS.length)])
            });
        }
        return new Table(
                "t2",
                List.of(
                        new Column("k", "INTEGER"),
                        new Column("t1_id", "INTEGER"),
                        new Column("v", "INTEGER"),
                        new Column("name", "VARCHAR")),
                rows);
    }

    private static Object maybe(Random random, Object value) {
        return random.nextInt(8) == 0 ? null : value;
    }
}
