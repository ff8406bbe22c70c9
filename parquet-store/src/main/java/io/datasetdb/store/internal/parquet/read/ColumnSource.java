// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One column of an opened row group, read or passed over from the first row on. */
abstract sealed class ColumnSource {
    /** The next rows. */
    abstract Vector read(int rows);

    /** Passes over the next rows. */
    abstract void skip(int rows);

    /** A dictionary that holds every value of the column, if there is one; to be asked for before any row. */
    abstract @Nullable Vector dictionary();

    /** All rows have been read or passed over; fails if the column has more. */
    abstract void finish();

    /** How many bytes of decoded values the columns of a row group may collect between them, to be kept. */
    static final class Allowance {
        private long bytes;

        Allowance(long bytes) {
            this.bytes = bytes;
        }

        static Allowance none() {
            return new Allowance(0);
        }

        private boolean take(long wanted) {
            bytes -= wanted;
            return bytes >= 0;
        }
    }

    /** A column that the file lacks. */
    static final class Absent extends ColumnSource {
        private final Field field;

        Absent(Field field) {
            this.field = field;
        }

        @Override
        Vector read(int rows) {
            return ConstantVector.ofNull(field.type(), rows);
        }

        @Override
        void skip(int rows) {}

        @Override
        @Nullable
        Vector dictionary() {
            return null;
        }

        @Override
        void finish() {}
    }

    /** The numbers of the rows. */
    static final class RowNumbers extends ColumnSource {
        private long next;

        RowNumbers(long first) {
            this.next = first;
        }

        @Override
        Vector read(int rows) {
            long[] numbers = new long[rows];
            for (int i = 0; i < rows; i++) {
                numbers[i] = next++;
            }
            return new LongVector(DataType.BIGINT, rows, numbers, null);
        }

        @Override
        void skip(int rows) {
            next += rows;
        }

        @Override
        @Nullable
        Vector dictionary() {
            return null;
        }

        @Override
        void finish() {}
    }

    /** A column that was decoded before; rows come in the same batches as then. */
    static final class Kept extends ColumnSource {
        private final List<Vector> batches;
        private int next;

        Kept(List<Vector> batches) {
            this.batches = batches;
        }

        @Override
        Vector read(int rows) {
            return batches.get(next++);
        }

        @Override
        void skip(int rows) {
            next++;
        }

        @Override
        @Nullable
        Vector dictionary() {
            Vector common = null;
            for (Vector batch : batches) {
                if (!(batch instanceof DictionaryVector coded) || common != null && common != coded.dictionary()) {
                    return null;
                }
                common = coded.dictionary();
            }
            return common;
        }

        @Override
        void finish() {}
    }

    /** A column that is decoded from the file. */
    static final class Stored extends ColumnSource {
        private final NodeReader reader;
        private final Field field;
        private final String location;
        /** Rows passed over since the last read; the reader passes over all of them at once. */
        private int pending;
        /** What has been read, as long as that is all, or else {@code null}. */
        private @Nullable List<Vector> batches = new ArrayList<>();

        /** Rows read because they were wanted, and just to keep the column whole. */
        private long wanted;

        private long unwanted;
        private final Allowance allowance;
        private final Consumer<List<Vector>> keep;

        /**
         * @param location the file as messages name it
         * @param allowance as far as it goes the column, if read as a whole, is handed to {@code keep} in the end
         */
        Stored(NodeReader reader, Field field, String location, Allowance allowance, Consumer<List<Vector>> keep) {
            this.reader = reader;
            this.field = field;
            this.location = location;
            this.allowance = allowance;
            this.keep = keep;
        }

        @Override
        Vector read(int rows) {
            wanted += rows;
            return decode(rows);
        }

        private Vector decode(int rows) {
            reader.skip(pending);
            pending = 0;
            reader.read(rows);
            Vector vector = reader.checked(reader.assemble(), rows);
            if (vector.mayHaveNulls() && !field.nullable()) {
                throw new DatasetDbException(
                        StoreError.FILE_DAMAGED,
                        "Cannot read column " + field.name() + " of " + location
                                + ": it holds a NULL, which it must not");
            }
            collect(vector);
            return vector;
        }

        private void collect(Vector vector) {
            List<Vector> collected = batches;
            if (collected == null) {
                return;
            }
            // A dictionary is common to most batches.
            long bytes = vector instanceof DictionaryVector coded ? 4L * coded.ids().length : vector.heapBytes();
            if (allowance.take(bytes)) {
                collected.add(vector);
            } else {
                batches = null;
            }
        }

        @Override
        @Nullable
        Vector dictionary() {
            return reader instanceof NodeReader.Leaf leaf ? leaf.dictionary() : null;
        }

        /** Where most rows so far were wanted, these are decoded too, so that the whole column can be kept. */
        @Override
        void skip(int rows) {
            if (batches != null && unwanted + rows <= wanted) {
                unwanted += rows;
                decode(rows);
            } else {
                batches = null;
                pending = Math.addExact(pending, rows);
            }
        }

        @Override
        void finish() {
            if (pending == 0) {
                reader.expectEnd();
            }
            if (batches != null) {
                keep.accept(batches);
            }
        }
    }
}
