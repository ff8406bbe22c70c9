// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import org.jspecify.annotations.Nullable;

/** Walks over the pages into which a leaf column is cut: whole rows, so many of them or so many bytes. */
final class PageCut {
    /** As many in each column, so that a reader that skips rows skips whole pages of all columns. */
    private static final int MAX_ROWS = 20_480;

    private static final long MAX_BYTES = 1 << 20;

    private final LeafBuffer leaf;
    private final byte @Nullable [] definitions;
    private final byte maxDefinition;
    private int fromSlot;
    private int toSlot;
    private int fromValue;
    private int toValue;
    private int fromRow;
    private int toRow;

    PageCut(LeafBuffer leaf) {
        this.leaf = leaf;
        this.definitions = leaf.definitions();
        this.maxDefinition = (byte) leaf.descriptor().getMaxDefinitionLevel();
    }

    /** Moves on to the next page; false if there is none. */
    boolean next() {
        fromSlot = toSlot;
        fromValue = toValue;
        fromRow = toRow;
        if (definitions == null && !leaf.isRepeated()) {
            takePlain();
        } else {
            takeRows();
        }
        return toSlot > fromSlot;
    }

    /** Where a row is a slot and a slot is a value. */
    private void takePlain() {
        int rows = Math.min(MAX_ROWS, leaf.slots() - fromSlot);
        while (rows > 1 && leaf.values().bytes(fromValue, fromValue + rows) > MAX_BYTES) {
            rows = (rows + 1) / 2;
        }
        toSlot = fromSlot + rows;
        toValue = fromValue + rows;
        toRow = fromRow + rows;
    }

    private void takeRows() {
        int end = leaf.slots();
        byte[] repetitions = leaf.repetitions();
        boolean repeated = leaf.isRepeated();
        while (toSlot < end
                && toRow - fromRow < MAX_ROWS
                && leaf.values().bytes(fromValue, toValue) + toSlot - fromSlot < MAX_BYTES) {
            do {
                if (definitions == null || definitions[toSlot] == maxDefinition) {
                    toValue++;
                }
                toSlot++;
            } while (repeated && toSlot < end && repetitions[toSlot] > 0);
            toRow++;
        }
    }

    int fromSlot() {
        return fromSlot;
    }

    int toSlot() {
        return toSlot;
    }

    int fromValue() {
        return fromValue;
    }

    int toValue() {
        return toValue;
    }

    int fromRow() {
        return fromRow;
    }

    int rows() {
        return toRow - fromRow;
    }
}
