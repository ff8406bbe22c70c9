// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.Registry;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a statement is that deposits, by what the registry knows of its job. Looks into the registry itself, since a
 * query would be one more of the history. A statement that is over in a second is not looked after.
 */
final class DepositWatch implements AutoCloseable {
    private static final Schema COLUMNS = Schema.of(
            Field.of("statement", DataType.VARCHAR),
            Field.required("rows_done", DataType.BIGINT),
            Field.of("rows_total", DataType.BIGINT));
    private static final long FIRST_MILLIS = 1_000;
    private static final long NEXT_MILLIS = 250;

    private final Path warehouse;
    private final String statement;
    private final ProgressBar bar;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    /** Begins to watch; {@code bar} is closed with this. */
    DepositWatch(Path warehouse, String statement, ProgressBar bar) {
        this.warehouse = warehouse;
        this.statement = statement.strip();
        this.bar = bar;
        this.thread = new Thread(this::watch, "datasetdb-progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            if (ended.await(FIRST_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            try (WarehouseCatalog catalog = new WarehouseCatalog(Registry.open(warehouse))) {
                do {
                    show(catalog);
                } while (!ended.await(NEXT_MILLIS, TimeUnit.MILLISECONDS));
            }
        } catch (DatasetDbException e) {
            // The statement has its own way to say what is wrong.
            System.getLogger(DepositWatch.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(WarehouseCatalog catalog) {
        for (List<@Nullable Object> job : catalog.rows("jobs", COLUMNS, Map.of("state", "RUNNING"), "started_at")) {
            if (statement.equals(String.valueOf(job.get(0)).strip())) {
                long total = job.get(2) instanceof Long known ? known : 0;
                bar.at(job.get(1) instanceof Long done ? done : 0, total);
                return;
            }
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bar.close();
    }
}
