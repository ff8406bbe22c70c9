// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A hash of rows and their columns' names and types, the same for the same rows wherever they come from, in whatever files,
 * batches and encodings. Values count as IS NOT DISTINCT FROM says for the column's type: -0.0 is 0.0, all NaN are one, NULL is
 * NULL; a NULL row differs from a row of NULLs, the order of a MAP's entries does not count. Whether columns allow NULL is no
 * part of the content.
 *
 * <p>Each row has a hash of 128 bits. They are added up, each half modulo 2^64, which is the same in any order and tells how often
 * a row occurs (Clarke et al., Incremental Multiset Hash Functions, 2003, without their defence against adversaries). Therefore
 * rows can be taken away again, and changes of rows be added to the hash of what was before. For rows in an order a second
 * part of 128 bits tells that too.
 */
public final class ContentHash {
    private static final String FORMAT = "2";
    private static final char SEPARATOR = '-';
    private static final int DIGITS = 32;

    private final boolean ordered;
    private final long firstOfNone;
    private final long secondOfNone;
    private final List<CellHashes> columns = new ArrayList<>();
    private long first;
    private long second;
    private long firstInOrder;
    private long secondInOrder;
    private long[] hashes = new long[0];
    private long[] others = new long[0];

    /**
     * Of no rows so far.
     *
     * @param ordered whether their order is to count
     */
    public ContentHash(Schema schema, boolean ordered) {
        this.ordered = ordered;
        ValueDigest digest = new ValueDigest();
        for (Field field : schema.fields()) {
            put(digest, field.name());
            put(digest, field.type().sql().replace(" NOT NULL", ""));
            columns.add(new CellHashes(field.type(), columns.size()));
        }
        this.firstOfNone = digest.first();
        this.secondOfNone = digest.second();
        this.first = firstOfNone;
        this.second = secondOfNone;
    }

    private static void put(ValueDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.putBytes(bytes, 0, bytes.length);
    }

    /** Adds the rows that a batch selects. */
    public void add(Batch batch) {
        hash(batch);
        int size = batch.size();
        for (int k = 0; k < size; k++) {
            first += hashes[k];
            second += others[k];
        }
        if (ordered) {
            for (int k = 0; k < size; k++) {
                firstInOrder = ValueHash.combine(firstInOrder, hashes[k]);
                secondInOrder = ValueHash.combine(secondInOrder, others[k]);
            }
        }
    }

    /** Takes away the rows that a batch selects, which were added before, here or to what this is combined with. */
    public void remove(Batch batch) {
        hash(batch);
        for (int k = 0; k < batch.size(); k++) {
            first -= hashes[k];
            second -= others[k];
        }
    }

    /** Adds the rows, with the same columns, that another one hashed, whose order is lost. */
    public void add(ContentHash rows) {
        first += rows.first - rows.firstOfNone;
        second += rows.second - rows.secondOfNone;
    }

    private void hash(Batch batch) {
        int size = batch.size();
        if (hashes.length < size) {
            hashes = new long[size];
            others = new long[size];
        } else {
            Arrays.fill(hashes, 0, size, 0);
            Arrays.fill(others, 0, size, 0);
        }
        Selection selection = batch.selection();
        int[] positions = selection.isAll() ? null : selection.positions();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(batch.column(i), positions, size, hashes, others);
        }
        for (int k = 0; k < size; k++) {
            long right = others[k] + ValueDigest.mix(hashes[k]);
            long left = hashes[k] + ValueDigest.mix(right);
            hashes[k] = left;
            others[k] = right + ValueDigest.mix(left);
        }
    }

    /** The hash as it is stored. */
    public String text() {
        String rows = text(first, second);
        return ordered ? rows + SEPARATOR + digits(firstInOrder, secondInOrder) : rows;
    }

    private static String text(long first, long second) {
        return FORMAT + SEPARATOR + digits(first, second);
    }

    private static String digits(long first, long second) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second);
    }

    /**
     * The hash of rows that were changed, as it is stored.
     *
     * @param before the stored hash of rows with the same columns, to which the rows here were added and from which they were
     *     removed
     * @return empty if {@code before} is of another format
     */
    public Optional<String> textAfter(String before) {
        if (!isKnown(before)) {
            return Optional.empty();
        }
        int start = FORMAT.length() + 1;
        long left = HexFormat.fromHexDigitsToLong(before, start, start + DIGITS / 2);
        long right = HexFormat.fromHexDigitsToLong(before, start + DIGITS / 2, start + DIGITS);
        return Optional.of(text(left + first - firstOfNone, right + second - secondOfNone));
    }

    private static boolean isKnown(String stored) {
        return stored.startsWith(FORMAT + SEPARATOR);
    }

    /** Whether a stored hash tells enough to be compared with this one. */
    public boolean isComparable(String stored) {
        return isKnown(stored) && (!ordered || stored.indexOf(SEPARATOR, FORMAT.length() + 1) > 0);
    }

    /** Whether these rows, in their order if that counts, are those of a stored hash that is comparable. */
    public boolean isSame(String stored) {
        return ordered ? stored.equals(text()) : (stored + SEPARATOR).startsWith(text() + SEPARATOR);
    }
}
