// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the keys of the other side's rows in a {@link JoinTable}. Used by one thread at a time. */
public final class JoinLookup {
    /** Up to how many entries of a dictionary are looked up at once, whichever are referred to. */
    private static final int WHOLE_DICTIONARY = 8 * Batch.SIZE;

    private final JoinTable table;
    private final JoinKeys keys;
    private final KeyCodes codes;
    private final KeyIndex index;
    private long[] batchCodes = {};
    private @Nullable Vector dictionary;
    private int[] dictionaryPlaces = {};

    public JoinLookup(JoinTable table) {
        this.table = table;
        this.keys = table.keys;
        this.codes = table.codes.reader();
        this.index = table.index();
    }

    public JoinTable table() {
        return table;
    }

    /**
     * Looks up the keys at the first {@code count} positions.
     *
     * @param batch of the other side
     * @param places receives the first place of each key in the table, -1 where nothing matches
     */
    public void find(Batch batch, int[] positions, int count, int[] places) {
        Vector[] vectors = new Vector[keys.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = batch.column(keys.otherOrdinals()[i]);
        }
        if (!keys.mayDrop(vectors)) {
            findKeys(vectors, positions, count, places);
            return;
        }
        int[] kept = new int[count];
        int[] at = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (!keys.drops(vectors, positions[i])) {
                kept[size] = positions[i];
                at[size++] = i;
            }
        }
        int[] keptPlaces = new int[size];
        findKeys(vectors, kept, size, keptPlaces);
        Arrays.fill(places, 0, count, -1);
        for (int i = 0; i < size; i++) {
            places[at[i]] = keptPlaces[i];
        }
    }

    private void findKeys(Vector[] vectors, int[] positions, int count, int[] places) {
        if (vectors.length == 1
                && !codes.isExact()
                && vectors[0] instanceof DictionaryVector wrapper
                && !wrapper.mayHaveNulls()
                && wrapper.dictionary().size() <= WHOLE_DICTIONARY) {
            int[] ofEntries = dictionaryPlaces(wrapper.dictionary());
            int[] ids = wrapper.ids();
            for (int i = 0; i < count; i++) {
                places[i] = ofEntries[ids[positions[i]]];
            }
            return;
        }
        findFlat(vectors, positions, count, places);
    }

    private int[] dictionaryPlaces(Vector values) {
        if (dictionary != values) {
            int size = values.size();
            int[] result = new int[size];
            findFlat(new Vector[] {values}, Selection.all(size).positions(), size, result);
            dictionaryPlaces = result;
            dictionary = values;
        }
        return dictionaryPlaces;
    }

    private void findFlat(Vector[] vectors, int[] positions, int count, int[] places) {
        if (batchCodes.length < count) {
            batchCodes = new long[count];
        }
        codes.encode(vectors, positions, count, batchCodes);
        index.find(batchCodes, count, places);
        if (!codes.isExact()) {
            for (int i = 0; i < count; i++) {
                if (places[i] >= 0) {
                    places[i] = verified(vectors, positions[i], batchCodes[i], places[i]);
                }
            }
        }
    }

    /** The first place with this key among those with its code, or -1. */
    private int verified(Vector[] vectors, int position, long code, int first) {
        int place = first;
        while (!isEqual(vectors, position, table.row(place))) {
            while (table.hasMore(place)) {
                place++;
            }
            place++;
            if (!((HashIndex) index).isAt(place, code)) {
                return -1;
            }
        }
        return place;
    }

    private boolean isEqual(Vector[] vectors, int position, int row) {
        for (int key = 0; key < vectors.length; key++) {
            var column = table.keyColumn(key);
            if (!ValueOrder.notDistinct(vectors[key], position, column.vector(row), column.position(row))) {
                return false;
            }
        }
        return true;
    }
}
