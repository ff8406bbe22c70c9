// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code value [NOT] IN (constants)}: NULL where the value is NULL, and where it is not among the constants but one of these
 * is NULL.
 */
public final class InSet implements Expression {
    private final Expression value;
    private final Matching.Matcher members;
    private final boolean hasNull;
    private final boolean negated;

    private InSet(Expression value, Matching.Matcher members, boolean hasNull, boolean negated) {
        this.value = value;
        this.members = members;
        this.hasNull = hasNull;
        this.negated = negated;
    }

    /** @param constants of the Java type that {@link DataType} lists for the value's type; {@code null} is NULL */
    public static InSet of(Expression value, List<? extends @Nullable Object> constants, boolean negated) {
        List<@Nullable Object> present = new ArrayList<>(constants);
        boolean hasNull = present.removeIf(constant -> constant == null);
        return new InSet(value, matcher(present, value.type()), hasNull, negated);
    }

    /** A test for being among the constants, none of which is {@code null}. */
    static Matching.Matcher matcher(List<? extends @Nullable Object> constants, DataType type) {
        if (constants.isEmpty()) {
            return (flat, selection) -> Selections.none();
        }
        Vector vector = VectorBuilder.vector(type, constants.toArray());
        if (constants.size() == 1) {
            return (flat, selection) -> ConstantComparison.match(Comparison.Operator.EQUAL, flat, vector, selection);
        }
        if (vector instanceof LongVector || vector instanceof IntVector) {
            LongSet set = LongSet.of(vector);
            return (flat, selection) -> set.match(flat, selection);
        }
        int[] slots = slots(vector);
        return (flat, selection) -> probe(flat, selection, vector, slots);
    }

    /** An open-addressing table of positions + 1, at most half full. */
    private static int[] slots(Vector constants) {
        int[] slots = new int[Integer.highestOneBit(constants.size()) * 4];
        for (int i = 0; i < constants.size(); i++) {
            int slot = (int) ValueHash.hash(constants, i) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i + 1;
        }
        return slots;
    }

    private static Selection probe(Vector flat, Selection selection, Vector constants, int[] slots) {
        long[] hashes = new long[selection.size()];
        ValueHash.hash(flat, selection, hashes, false);
        int[] positions = new int[hashes.length];
        int count = 0;
        for (int k = 0; k < hashes.length; k++) {
            int p = selection.position(k);
            int slot = (int) hashes[k] & (slots.length - 1);
            while (slots[slot] != 0 && !ValueOrder.equal(flat, p, constants, slots[slot] - 1)) {
                slot = (slot + 1) & (slots.length - 1);
            }
            positions[count] = p;
            count += slots[slot] != 0 ? 1 : 0;
        }
        return Selections.hits(selection, positions, count);
    }

    private Selection misses(Vector flat, Selection selection) {
        return Selections.minus(selection, members.match(flat, selection));
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        if (negated && hasNull) {
            value.evaluate(batch, selection, bindings);
            return Selections.none();
        }
        return Matching.filter(value.evaluate(batch, selection, bindings), selection, negated ? this::misses : members);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Vector vector = value.evaluate(batch, selection, bindings);
        if (!hasNull) {
            return Matching.evaluate(vector, selection, negated ? this::misses : members);
        }
        Selection hits = Matching.filter(vector, selection, members);
        if (vector instanceof ConstantVector && hits.isEmpty()) {
            return ConstantVector.ofNull(DataType.BOOLEAN, batch.rowCount());
        }
        long[] validity = Validity.allNull(batch.rowCount());
        boolean[] values = new boolean[batch.rowCount()];
        Arrays.fill(values, !negated);
        for (int k = 0; k < hits.size(); k++) {
            Validity.setValid(validity, hits.position(k));
        }
        return new io.datasetdb.vector.BooleanVector(DataType.BOOLEAN, values.length, values, validity);
    }
}
