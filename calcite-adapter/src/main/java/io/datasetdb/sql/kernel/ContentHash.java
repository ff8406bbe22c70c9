// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A hash of rows and their columns' names and types, the same for the same rows wherever they come from, in whatever files,
 * batches and encodings. Values count as {@link ValueHash} says: those that SQL holds for equal are equal, so that -0.0 is 0.0
 * and all NaN are one; a NULL row differs from a row of NULLs, the order of a MAP's entries does not count.
 *
 * <p>The rows' hashes are added up modulo 2^128, which is the same in any order and tells how often a row occurs (Clarke et al.,
 * Incremental Multiset Hash Functions, 2003, without their defence against adversaries). A second part, for those who want it,
 * tells the order too.
 */
public final class ContentHash {
    private static final String FORMAT = "1";
    private static final char SEPARATOR = '-';
    private static final long SPREAD = 0xA0761D6478BD642FL;

    private final long columns;
    private long first;
    private long second;
    private long ordered;
    private long count;
    private long[] hashes = new long[0];

    /** @param schema of the rows; whether columns may hold NULL is no part of the content */
    public ContentHash(Schema schema) {
        long hash = schema.size();
        for (Field field : schema.fields()) {
            hash = ValueHash.combine(ValueHash.combine(hash, text(field.name())), text(type(field)));
        }
        this.columns = hash;
        this.ordered = hash;
    }

    private static String type(Field field) {
        return field.type().sql().replace(" NOT NULL", "");
    }

    private static long text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ValueHash.ofBytes(bytes, 0, bytes.length);
    }

    /** Adds the rows that a batch selects. */
    public void add(Batch batch) {
        int size = batch.size();
        if (hashes.length < size) {
            hashes = new long[size];
        }
        for (int i = 0; i < batch.columns().size(); i++) {
            ValueHash.hash(batch.column(i), batch.selection(), hashes, i > 0);
        }
        for (int k = 0; k < size; k++) {
            long hash = hashes[k];
            first += ValueHash.combine(columns, hash);
            second += ValueHash.combine(hash, SPREAD);
            ordered = ValueHash.combine(ordered, hash);
        }
        count += size;
    }

    /** Rows added so far. */
    public long count() {
        return count;
    }

    /** The hash as it is stored, with the part that tells the order or without. */
    public String text(boolean withOrder) {
        HexFormat hex = HexFormat.of();
        // The columns count also where there is no row.
        long head = ValueHash.combine(columns, first);
        String rows = FORMAT + SEPARATOR + hex.toHexDigits(head) + hex.toHexDigits(second);
        return withOrder ? rows + SEPARATOR + hex.toHexDigits(ordered) : rows;
    }

    /** Whether a stored hash tells enough to be compared, with or without the order of rows. */
    public static boolean isComparable(String stored, boolean withOrder) {
        int parts = stored.split(String.valueOf(SEPARATOR)).length;
        return stored.startsWith(FORMAT + SEPARATOR) && (withOrder ? parts == 3 : parts >= 2);
    }

    /** Whether these rows are those of a stored hash that is comparable. */
    public boolean isSame(String stored, boolean withOrder) {
        return withOrder ? stored.equals(text(true)) : (stored + SEPARATOR).startsWith(text(false) + SEPARATOR);
    }
}
