// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.record.JavaTypes;
import io.datasetdb.internal.record.RowReader;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.udf.ProgramFunctions;
import io.datasetdb.udf.ProgramTable;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Runs statements and hands out their rows. */
public final class Execution {
    private Execution() {}

    /** Starts a statement; whoever starts it closes the result. */
    public static StatementResult start(Session session, SqlText statement, ProgramFunctions functions) {
        return start(session.prepareOnce(statement.text(), functions), statement);
    }

    /** Starts a statement that was prepared of this text. */
    public static StatementResult start(PreparedStatement prepared, SqlText statement) {
        return prepared.execute(Arguments.of(prepared.parameters(), statement.arguments()), 0);
    }

    /** All rows, each as the reader makes it. */
    public static <T extends @Nullable Object> List<T> all(
            StatementResult result, Function<Schema, RowReader> reader, Class<T> type) {
        try (Stream<T> rows = stream(result, reader, type, () -> false)) {
            return new ArrayList<>(rows.toList());
        }
    }

    /**
     * The rows as they come. The stream closes the result, at its end or when it is closed.
     *
     * @param isClosed whether the database is closed by now
     */
    public static <T extends @Nullable Object> Stream<T> stream(
            StatementResult result, Function<Schema, RowReader> reader, Class<T> type, BooleanSupplier isClosed) {
        try {
            Rows<T> rows = new Rows<>(result, reader.apply(result.schema()), type, isClosed);
            return StreamSupport.stream(rows, false).onClose(result::close);
        } catch (RuntimeException | Error e) {
            result.close();
            throw e;
        }
    }

    /** All rows of a statement, kept as a table of this name. */
    public static ProgramTable kept(StatementResult result, String name) {
        List<Batch> batches = new ArrayList<>();
        long rows = 0;
        try (result) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                batches.add(batch);
                rows += batch.size();
            }
        }
        return new ProgramTable(name, result.schema(), rows, () -> new Kept(batches.iterator()));
    }

    private record Kept(Iterator<Batch> batches) implements BatchSource {
        @Override
        public @Nullable Batch next() {
            return batches.hasNext() ? batches.next() : null;
        }

        @Override
        public void close() {}
    }

    private static final class Rows<T extends @Nullable Object> extends Spliterators.AbstractSpliterator<T> {
        private final StatementResult result;
        private final RowReader reader;
        private final Class<T> type;
        private final BooleanSupplier isClosed;
        private @Nullable Batch batch;
        private int next;

        Rows(StatementResult result, RowReader reader, Class<T> type, BooleanSupplier isClosed) {
            super(Long.MAX_VALUE, Spliterator.ORDERED);
            this.result = result;
            this.reader = reader;
            this.type = boxed(type);
            this.isClosed = isClosed;
        }

        /** What a column yields for {@code int.class} are objects all the same. */
        @SuppressWarnings("unchecked")
        private static <T extends @Nullable Object> Class<T> boxed(Class<T> type) {
            return (Class<T>) JavaTypes.boxed(type);
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            Batch current = batch;
            if (current == null || next == current.size()) {
                current = pull();
                batch = current;
                next = 0;
                if (current == null) {
                    result.close();
                    return false;
                }
            }
            action.accept(
                    type.cast(reader.read(current.columns(), current.selection().position(next++))));
            return true;
        }

        private @Nullable Batch pull() {
            try {
                return result.next();
            } catch (DatasetDbException e) {
                if (isClosed.getAsBoolean()) {
                    throw new DatasetDbException(
                            ProgramError.CLOSED, "Cannot read the next row: the database was closed", e);
                }
                throw e;
            }
        }
    }
}
