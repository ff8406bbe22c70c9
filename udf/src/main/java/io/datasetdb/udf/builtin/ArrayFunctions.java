// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.udf.annotation.TypeParameter;
import io.datasetdb.vector.BooleanVector;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions of arrays. Positions count from 0; negative ones count from the end, -1 being the last element. */
public final class ArrayFunctions {
    private ArrayFunctions() {}

    @ScalarFunction
    @TypeParameter("T")
    @Description("The element at a position from 0, or from the end if negative; NULL beyond either end.")
    @Example("array_get(ARRAY['a', 'b', 'c'], -1) = 'c'")
    @SqlType("T")
    public static @Nullable Vector arrayGet(
            @SqlType("T ARRAY") Vector array, @SqlType("BIGINT") Vector index, Selection selection, int rowCount) {
        ListVector lists = (ListVector) array.flatten();
        long[] indexes = ((LongVector) index.flatten()).values();
        int[] elements = new int[rowCount];
        Arrays.fill(elements, -1);
        for (int i = 0; i < selection.size(); i++) {
            int position = selection.position(i);
            int length = lists.length(position);
            long at = indexes[position] < 0 ? indexes[position] + length : indexes[position];
            if (at >= 0 && at < length) {
                elements[position] = lists.offsets()[position] + (int) at;
            }
        }
        return lists.elements().gather(elements, rowCount);
    }

    @ScalarFunction
    @TypeParameter("T")
    @Description("The elements from a position on, which counts from 0, or from the end if negative.")
    @Example("array_slice(ARRAY[1, 2, 3], 1) = ARRAY[2, 3]")
    @SqlType("T ARRAY")
    public static Vector arraySlice(
            @SqlType("T ARRAY") Vector array, @SqlType("BIGINT") Vector offset, Selection selection, int rowCount) {
        return slice(array, offset, null, selection, rowCount);
    }

    @ScalarFunction
    @TypeParameter("T")
    @Description("So many elements from a position on, which counts from 0, or from the end if negative.")
    @Example("array_slice(ARRAY[1, 2, 3, 4], 1, 2) = ARRAY[2, 3]")
    @SqlType("T ARRAY")
    public static Vector arraySlice(
            @SqlType("T ARRAY") Vector array,
            @SqlType("BIGINT") Vector offset,
            @SqlType("BIGINT") Vector length,
            Selection selection,
            int rowCount) {
        return slice(array, offset, length, selection, rowCount);
    }

    private static Vector slice(
            Vector array, Vector offset, @Nullable Vector length, Selection selection, int rowCount) {
        ListVector lists = (ListVector) array.flatten();
        long[] offsets = ((LongVector) offset.flatten()).values();
        long[] lengths = length == null ? offsets : ((LongVector) length.flatten()).values();
        int[] resultOffsets = new int[rowCount + 1];
        int[] elements = new int[lists.elements().size()];
        int count = 0;
        int next = 0;
        for (int i = 0; i < selection.size(); i++) {
            int position = selection.position(i);
            while (next < position) {
                resultOffsets[++next] = count;
            }
            int size = lists.length(position);
            long from = offsets[position] < 0 ? Math.max(0, offsets[position] + size) : offsets[position];
            long taken = Math.max(0, size - Math.min(from, size));
            if (length != null) {
                taken = Math.max(0, Math.min(taken, lengths[position]));
            }
            if (count + taken > elements.length) {
                elements = Arrays.copyOf(elements, Math.max(2 * elements.length, count + (int) taken));
            }
            for (int j = 0; j < taken; j++) {
                elements[count++] = lists.offsets()[position] + (int) from + j;
            }
            resultOffsets[++next] = count;
        }
        while (next < rowCount) {
            resultOffsets[++next] = count;
        }
        return new ListVector(
                lists.type(), rowCount, resultOffsets, lists.elements().gather(elements, count), null);
    }

    @ScalarFunction
    @Description("The texts of an array, one after the other; NULL elements are left out.")
    @Example("array_join(ARRAY['a', 'b']) = 'ab'")
    public static String arrayJoin(List<String> array) {
        return arrayJoin(array, "");
    }

    @ScalarFunction
    @Description("The texts of an array with a separator between them; NULL elements are left out.")
    @Example("array_join(ARRAY['a', 'b'], '-') = 'a-b'")
    public static String arrayJoin(List<String> array, String separator) {
        return array.stream().filter(Objects::nonNull).collect(Collectors.joining(separator));
    }

    /** Compares two elements of vectors of one type, of which {@code left} may be NULL. */
    @FunctionalInterface
    private interface Equality {
        boolean test(int left, int right);
    }

    @ScalarFunction
    @TypeParameter("T")
    @Description("Whether an array holds a value; NULL elements are equal to nothing.")
    @Example("array_contains(ARRAY[1, 2, 3], 2) = TRUE")
    @SqlType("BOOLEAN")
    public static Vector arrayContains(
            @SqlType("T ARRAY") Vector array, @SqlType("T") Vector element, Selection selection, int rowCount) {
        ListVector lists = (ListVector) array.flatten();
        Vector elements = lists.elements().flatten();
        Equality equality = equality(elements, element.flatten());
        boolean[] result = new boolean[rowCount];
        for (int i = 0; i < selection.size(); i++) {
            int position = selection.position(i);
            int end = lists.offsets()[position + 1];
            for (int j = lists.offsets()[position]; j < end && !result[position]; j++) {
                result[position] = !elements.isNull(j) && equality.test(j, position);
            }
        }
        return new BooleanVector(DataType.BOOLEAN, rowCount, result, null);
    }

    private static Equality equality(Vector left, Vector right) {
        if (left instanceof IntVector a && right instanceof IntVector b) {
            return (i, j) -> a.values()[i] == b.values()[j];
        } else if (left instanceof LongVector a && right instanceof LongVector b) {
            return (i, j) -> a.values()[i] == b.values()[j];
        } else if (left instanceof FloatVector a && right instanceof FloatVector b) {
            // Adding 0 makes -0 equal to 0, as SQL has it.
            return (i, j) -> Float.compare(a.values()[i] + 0f, b.values()[j] + 0f) == 0;
        } else if (left instanceof DoubleVector a && right instanceof DoubleVector b) {
            return (i, j) -> Double.compare(a.values()[i] + 0.0, b.values()[j] + 0.0) == 0;
        } else if (left instanceof BytesVector a && right instanceof BytesVector b) {
            return (i, j) -> Arrays.equals(
                    a.data(), a.offsets()[i], a.offsets()[i + 1], b.data(), b.offsets()[j], b.offsets()[j + 1]);
        }
        return (i, j) -> Objects.equals(left.getObject(i), right.getObject(j));
    }
}
