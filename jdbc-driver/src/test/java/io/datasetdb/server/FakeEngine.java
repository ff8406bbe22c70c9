// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionMetadata;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An engine of prepared answers that counts what is open: statements are looked up by their text. Values are given as the Java
 * types that {@link DataType} lists.
 */
final class FakeEngine implements Engine {
    final Map<String, Answer> answers = new ConcurrentHashMap<>();
    final List<SessionOptions> opened = new CopyOnWriteArrayList<>();
    final AtomicInteger openSessions = new AtomicInteger();
    final AtomicInteger openResults = new AtomicInteger();
    final AtomicInteger executing = new AtomicInteger();
    final AtomicInteger batchesPulled = new AtomicInteger();
    final List<List<Object>> arguments = new CopyOnWriteArrayList<>();
    final List<Long> timeouts = new CopyOnWriteArrayList<>();
    volatile boolean closed;

    /** What a statement answers. */
    static final class Answer {
        Schema schema = Schema.of();
        List<Field> parameters = List.of();
        boolean query = true;
        long updateCount = -1;
        Function<List<Object>, Iterator<Batch>> batches = arguments -> new ArrayList<Batch>().iterator();
        CountDownLatch gate;
        boolean slowToStart;

        Answer parameters(Field... fields) {
            parameters = List.of(fields);
            return this;
        }

        Answer count(long count) {
            query = false;
            updateCount = count;
            return this;
        }

        /** The first row comes only once this latch is down, or the statement is cancelled. */
        Answer after(CountDownLatch latch) {
            gate = latch;
            return this;
        }

        /** It is the execution that waits for the latch, as a deposit's does, which has no result before its end. */
        Answer slowToStart() {
            slowToStart = true;
            return this;
        }

        void await(Cancellation cancellation) {
            try {
                while (gate != null && !gate.await(1, TimeUnit.MILLISECONDS)) {
                    cancellation.check();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            cancellation.check();
        }
    }

    /** A statement that answers these rows. */
    Answer rows(String sql, Schema schema, List<List<Object>> rows) {
        Answer answer = new Answer();
        answer.schema = schema;
        Batch batch = batch(schema, rows);
        answer.batches = arguments -> rows.isEmpty()
                ? new ArrayList<Batch>().iterator()
                : List.of(batch).iterator();
        answers.put(sql, answer);
        return answer;
    }

    /** What a statement answers from now on, also where it is prepared already. */
    void change(String sql, Schema schema, List<List<Object>> rows) {
        Answer answer = answers.get(sql);
        Batch batch = batch(schema, rows);
        answer.schema = schema;
        answer.batches = arguments -> List.of(batch).iterator();
    }

    /** A statement that answers its arguments as one row. */
    Answer echo(String sql, DataType... types) {
        List<Field> fields = new ArrayList<>();
        for (DataType type : types) {
            fields.add(Field.of("c" + (fields.size() + 1), type));
        }
        Answer answer = new Answer();
        answer.schema = new Schema(fields);
        answer.parameters = fields;
        answer.batches =
                values -> List.of(batch(answer.schema, List.of(values))).iterator();
        answers.put(sql, answer);
        return answer;
    }

    /** A statement that answers the numbers from 0 to {@code count - 1} in batches of 2048. */
    Answer numbers(String sql, int count) {
        Answer answer = new Answer();
        answer.schema = Schema.of(Field.required("n", DataType.BIGINT), Field.of("s", DataType.VARCHAR));
        answer.batches = arguments -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public Batch next() {
                List<List<Object>> rows = new ArrayList<>();
                for (int i = 0; i < Batch.SIZE && next < count; i++, next++) {
                    List<Object> row = new ArrayList<>();
                    row.add((long) next);
                    row.add(next % 7 == 0 ? null : "row " + next);
                    rows.add(row);
                }
                return batch(answer.schema, rows);
            }
        };
        answers.put(sql, answer);
        return answer;
    }

    static Batch batch(Schema schema, List<List<Object>> rows) {
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            VectorBuilder builder = VectorBuilder.of(schema.field(i).type(), rows.size());
            for (List<Object> row : rows) {
                builder.append(row.get(i));
            }
            columns.add(builder.build());
        }
        return Batch.of(columns, rows.size());
    }

    @Override
    public Session openSession(SessionOptions options) {
        opened.add(options);
        openSessions.incrementAndGet();
        return new FakeSession(options);
    }

    @Override
    public DatasetStore store() {
        throw new UnsupportedOperationException("files");
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {
        closed = true;
    }

    private final class FakeSession implements Session {
        private volatile SessionOptions options;

        FakeSession(SessionOptions options) {
            this.options = options;
        }

        @Override
        public PreparedStatement prepare(String sql) {
            Answer answer = answers.get(sql);
            if (answer == null) {
                throw new DatasetDbException(
                        FakeError.UNKNOWN_TABLE, "Cannot find dataset nowhere: there is none (line 1, column 15)");
            }
            return new FakeStatement(sql, answer);
        }

        @Override
        public SessionOptions options() {
            return options;
        }

        @Override
        public void use(String namespace, String project) {
            if (project.equals("missing")) {
                throw new DatasetDbException(FakeError.UNKNOWN_PROJECT, "Cannot use missing: there is no such project");
            }
            options = options.withProject(namespace, project);
        }

        @Override
        public SessionMetadata metadata() {
            return new FakeMetadata();
        }

        @Override
        public void close() {
            openSessions.decrementAndGet();
        }
    }

    private final class FakeStatement implements PreparedStatement {
        private final String sql;
        private final Answer answer;

        FakeStatement(String sql, Answer answer) {
            this.sql = sql;
            this.answer = answer;
        }

        @Override
        public String sql() {
            return sql;
        }

        @Override
        public boolean isQuery() {
            return answer.query;
        }

        @Override
        public Schema schema() {
            return answer.schema;
        }

        @Override
        public List<Field> parameters() {
            return answer.parameters;
        }

        @Override
        public StatementResult execute(List<Object> values, long timeoutNanos, Cancellation cancellation) {
            arguments.add(new ArrayList<>(values));
            timeouts.add(timeoutNanos);
            if (answer.slowToStart) {
                executing.incrementAndGet();
                try {
                    answer.await(cancellation);
                } finally {
                    executing.decrementAndGet();
                }
            }
            openResults.incrementAndGet();
            return new FakeResult(answer, answer.batches.apply(values), cancellation);
        }
    }

    private final class FakeResult implements StatementResult {
        private final Answer answer;
        private final Iterator<Batch> batches;
        private final Cancellation cancellation;
        private boolean open = true;

        FakeResult(Answer answer, Iterator<Batch> batches, Cancellation cancellation) {
            this.answer = answer;
            this.batches = batches;
            this.cancellation = cancellation;
        }

        @Override
        public Schema schema() {
            return answer.schema;
        }

        @Override
        public long updateCount() {
            return answer.updateCount;
        }

        @Override
        public void cancel() {
            cancellation.cancel();
        }

        @Override
        public Batch next() {
            answer.await(cancellation);
            batchesPulled.incrementAndGet();
            return batches.hasNext() ? batches.next() : null;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                openResults.decrementAndGet();
            }
        }
    }
}
