// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

import io.datasetdb.udf.VectorFunction;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every body: leaves out positions where a strict argument is NULL, and calls a deterministic body once for
 * constants and once per entry of a dictionary that the selection refers to.
 */
public final class FoldingBody implements VectorFunction {
    private final VectorFunction body;
    private final DataType returnType;
    private final boolean[] strict;
    private final boolean deterministic;

    /** @param strict for each parameter whether the body must not see NULL there */
    public FoldingBody(VectorFunction body, DataType returnType, boolean[] strict, boolean deterministic) {
        this.body = body;
        this.returnType = returnType;
        this.strict = strict.clone();
        this.deterministic = deterministic;
    }

    @Override
    public Vector apply(List<Vector> arguments, Selection selection, int rowCount) {
        long[] validity = null;
        for (int i = 0; i < strict.length; i++) {
            if (strict[i]) {
                if (arguments.get(i) instanceof ConstantVector constant && constant.isNullConstant()) {
                    return ConstantVector.ofNull(returnType, rowCount);
                }
                validity = Validity.and(validity, arguments.get(i).validity());
            }
        }
        Selection called = validity == null ? selection : whereValid(selection, validity);
        if (called.isEmpty()) {
            return ConstantVector.ofNull(returnType, rowCount);
        }
        int varying = varyingArgument(arguments);
        if (deterministic && varying == NONE) {
            return once(arguments, rowCount);
        }
        if (deterministic && varying >= 0 && arguments.get(varying) instanceof DictionaryVector dictionary) {
            boolean pays = dictionary.dictionary().size() <= 2 * called.size();
            if (pays && (strict[varying] || dictionary.validity() == null)) {
                return perEntry(arguments, varying, dictionary, called, rowCount);
            }
        }
        return Masks.mask(body.apply(arguments, called, rowCount), validity);
    }

    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    /** The one argument that is not a constant. */
    private static int varyingArgument(List<Vector> arguments) {
        int varying = NONE;
        for (int i = 0; i < arguments.size(); i++) {
            if (!(arguments.get(i) instanceof ConstantVector)) {
                if (varying != NONE) {
                    return SEVERAL;
                }
                varying = i;
            }
        }
        return varying;
    }

    private Vector once(List<Vector> arguments, int rowCount) {
        Vector single = body.apply(resized(arguments, 1, NONE, null), Selection.all(1), 1);
        return ConstantVector.of(single.flatten(), rowCount);
    }

    private Vector perEntry(
            List<Vector> arguments, int varying, DictionaryVector input, Selection called, int rowCount) {
        int entries = input.dictionary().size();
        BitSet used = new BitSet(entries);
        for (int i = 0; i < called.size(); i++) {
            used.set(input.ids()[called.position(i)]);
        }
        int[] positions = used.stream().toArray();
        Vector results = body.apply(
                        resized(arguments, entries, varying, input.dictionary()),
                        Selection.of(positions, positions.length),
                        entries)
                .flatten();
        if (!results.mayHaveNulls()) {
            return new DictionaryVector(rowCount, ids(input, called, rowCount), results, input.validity());
        }
        int[] gathered = new int[rowCount];
        java.util.Arrays.fill(gathered, -1);
        for (int i = 0; i < called.size(); i++) {
            int position = called.position(i);
            gathered[position] = input.ids()[position];
        }
        return results.gather(gathered, rowCount);
    }

    /** The input's references, made harmless where nothing was called, for there they may be anything. */
    private static int[] ids(DictionaryVector input, Selection called, int rowCount) {
        if (called.isAll() && called.size() == rowCount) {
            return input.ids();
        }
        int[] ids = new int[rowCount];
        for (int i = 0; i < called.size(); i++) {
            int position = called.position(i);
            ids[position] = input.ids()[position];
        }
        return ids;
    }

    private static List<Vector> resized(List<Vector> arguments, int size, int varying, @Nullable Vector replacement) {
        List<Vector> result = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            if (i == varying && replacement != null) {
                result.add(replacement);
            } else {
                ConstantVector constant = (ConstantVector) arguments.get(i);
                result.add(
                        constant.isNullConstant()
                                ? ConstantVector.ofNull(constant.type(), size)
                                : ConstantVector.of(constant.single(), size));
            }
        }
        return result;
    }

    private static Selection whereValid(Selection selection, long[] validity) {
        int[] positions = new int[selection.size()];
        int count = 0;
        for (int i = 0; i < selection.size(); i++) {
            int position = selection.position(i);
            positions[count] = position;
            count += Validity.isValid(validity, position) ? 1 : 0;
        }
        return count == selection.size() ? selection : Selection.of(positions, count);
    }
}
