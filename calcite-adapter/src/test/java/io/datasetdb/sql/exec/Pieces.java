// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Made-up rows in numbered pieces that the parts of a divided run take one after the other, as those of a scan. */
class Pieces implements OperatorFactory {
    private final List<DataType> types;
    private final int pieces;
    private final int batches;
    private final IntFunction<Batch> make;
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    /**
     * @param batches of each piece
     * @param make the batches, numbered from 0 through all pieces
     */
    Pieces(List<DataType> types, int pieces, int batches, IntFunction<Batch> make) {
        this.types = types;
        this.pieces = pieces;
        this.batches = batches;
        this.make = make;
    }

    /** What the parts say of a piece with this number. */
    long piece(int number) {
        return number;
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Operator create(Run run) {
        return part(new AtomicInteger());
    }

    @Override
    public List<Operator> split(Run run, int count) {
        AtomicInteger next = new AtomicInteger();
        List<Operator> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part(next));
        }
        return parts;
    }

    private Operator part(AtomicInteger nextPiece) {
        open.incrementAndGet();
        return new Operator() {
            private int piece;
            private int next = batches;
            private boolean closed;

            @Override
            public Batch next() {
                if (next == batches) {
                    piece = nextPiece.getAndIncrement();
                    next = 0;
                }
                if (piece >= pieces) {
                    return null;
                }
                made.incrementAndGet();
                return make.apply(piece * batches + next++);
            }

            @Override
            public long piece() {
                return Pieces.this.piece(piece);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    open.decrementAndGet();
                }
            }
        };
    }
}
