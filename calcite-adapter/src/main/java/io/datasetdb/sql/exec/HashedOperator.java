// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Rows whose content is hashed, regardless of their order, by the threads that make them. */
public final class HashedOperator implements Operator {
    private final Operator input;
    private final ContentHash hash;

    private HashedOperator(Operator input, ContentHash hash) {
        this.input = input;
        this.hash = hash;
    }

    /** What the parts of one run have hashed. */
    public static final class Hashes {
        private final Schema schema;
        private final ConcurrentLinkedQueue<ContentHash> parts = new ConcurrentLinkedQueue<>();

        /** @param schema of the rows as they are stored */
        public Hashes(Schema schema) {
            this.schema = schema;
        }

        private ContentHash begin() {
            ContentHash hash = new ContentHash(schema, false);
            parts.add(hash);
            return hash;
        }

        /** The hash of all rows that were pulled; to be asked for by who pulled them. */
        public ContentHash sum() {
            ContentHash sum = new ContentHash(schema, false);
            parts.forEach(sum::add);
            return sum;
        }
    }

    /**
     * For one run.
     *
     * @param input the rows
     * @param hashes where they are hashed to
     */
    public record Factory(OperatorFactory input, Hashes hashes) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public Operator create(Run run) {
            return new HashedOperator(input.create(run), hashes.begin());
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return Operators.over(input.split(run, count), part -> new HashedOperator(part, hashes.begin()));
        }
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = input.next();
        if (batch != null) {
            hash.add(batch);
        }
        return batch;
    }

    @Override
    public long piece() {
        return input.piece();
    }

    @Override
    public void close() {
        input.close();
    }
}
