// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import io.datasetdb.DatasetDb;
import java.util.stream.IntStream;

/**
 * A program that saves what a function takes its time for, and says each row for which it was called on its output. Its
 * argument is the warehouse.
 */
final class SlowSave {
    static final int ROWS = 2_000;

    /** What a row is made of. */
    record Item(int id) {}

    private SlowSave() {}

    public static void main(String[] arguments) {
        try (DatasetDb db = DatasetDb.open(arguments[0], DatasetDb.Options.DEFAULT.withThreads(2))) {
            if (db.sql("SHOW DATASETS LIKE 'items'").count() == 0) {
                db.deposit("items", IntStream.range(0, ROWS).mapToObj(Item::new));
            }
            db.dataset("items").map("answer", SlowSave::compute).save("answers");
        }
    }

    private static long compute(Item item) {
        long end = System.nanoTime() + 1_000_000;
        long turns = 0;
        while (System.nanoTime() < end) {
            turns++;
        }
        synchronized (System.out) {
            System.out.println(item.id());
        }
        return turns > 0 ? 3L * item.id() : -1;
    }
}
