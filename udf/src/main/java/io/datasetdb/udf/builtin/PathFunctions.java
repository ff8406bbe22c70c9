// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.ScalarFunction;
import io.datasetdb.udf.annotation.SqlType;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;

/**
 * Parts of paths by POSIX rules: components are separated by {@code /}, nothing is folded or resolved. All work on UTF-8
 * bytes, in which {@code /} and {@code .} are never part of another character.
 */
public final class PathFunctions {
    /** A dictionary is made while there is at most one different value in so many rows. */
    private static final int ROWS_PER_ENTRY = 4;

    /** Room for results at first. */
    private static final int BYTES_PER_ROW = 24;

    private PathFunctions() {}

    /** The parts; an enum rather than functions, so that the loops below have no calls that cannot be inlined. */
    private enum Part {
        EXTENSION,
        STEM,
        NAME,
        PARENT
    }

    /** A part of the path {@code data[from, to)}: its first byte in the upper half, its end in the lower. */
    private static long find(Part part, byte[] data, int from, int to) {
        return switch (part) {
            case EXTENSION -> extension(data, from, to);
            case STEM -> stem(data, from, to);
            case NAME -> name(data, from, to);
            case PARENT -> parent(data, from, to);
        };
    }

    @ScalarFunction
    @Description("The text after the last dot of a path's last component, without the dot; empty if there is none.")
    @Example("file_ext('photos/a.tar.gz') = 'gz'")
    @SqlType("VARCHAR")
    public static Vector fileExt(@SqlType("VARCHAR") Vector path, Selection selection, int rowCount) {
        return repeating(path, selection, rowCount, Part.EXTENSION);
    }

    @ScalarFunction
    @Description("A path's last component without its extension and without dots at its end.")
    @Example("file_stem('photos/a.tar.gz') = 'a.tar'")
    @SqlType("VARCHAR")
    public static Vector fileStem(@SqlType("VARCHAR") Vector path, Selection selection, int rowCount) {
        return copied(path, selection, rowCount, Part.STEM);
    }

    @ScalarFunction
    @Description("A path's last component.")
    @Example("file_name('photos/2024/a.jpg') = 'a.jpg'")
    @SqlType("VARCHAR")
    public static Vector fileName(@SqlType("VARCHAR") Vector path, Selection selection, int rowCount) {
        return copied(path, selection, rowCount, Part.NAME);
    }

    @ScalarFunction
    @Description("A path up to its last slash, without that slash; empty if there is none.")
    @Example("file_parent('photos/2024/a.jpg') = 'photos/2024'")
    @SqlType("VARCHAR")
    public static Vector fileParent(@SqlType("VARCHAR") Vector path, Selection selection, int rowCount) {
        return repeating(path, selection, rowCount, Part.PARENT);
    }

    private static long extension(byte[] data, int from, int to) {
        int i = to - 1;
        if (to - from >= Long.BYTES) {
            // Most extensions are short, and a loop over so few bytes of varying number costs a wrong guess a row.
            long word = Bytes.word(data, to - Long.BYTES);
            long found = Bytes.matches(word, (byte) '.') | Bytes.matches(word, (byte) '/');
            i -= Long.numberOfLeadingZeros(found) / Long.BYTES;
        }
        while (i >= from && data[i] != '.' && data[i] != '/') {
            i--;
        }
        return i >= from && data[i] == '.' ? range(i + 1, to) : range(to, to);
    }

    private static long stem(byte[] data, int from, int to) {
        int start = Bytes.lastIndexOf(data, from, to, (byte) '/') + 1;
        int extension = (int) (extension(data, start, to) >>> 32);
        int end = extension == to ? to : extension - 1;
        while (end > start && data[end - 1] == '.') {
            end--;
        }
        return range(start, end);
    }

    private static long name(byte[] data, int from, int to) {
        return range(Bytes.lastIndexOf(data, from, to, (byte) '/') + 1, to);
    }

    private static long parent(byte[] data, int from, int to) {
        int end = Bytes.lastIndexOf(data, from, to, (byte) '/') + 1;
        while (end > from && data[end - 1] == '/') {
            end--;
        }
        return range(from, end);
    }

    private static long range(int from, int to) {
        return (long) from << 32 | to;
    }

    /** Results that repeat: a dictionary, or plain values once there are too many different ones. */
    private static Vector repeating(Vector vector, Selection selection, int rowCount, Part part) {
        BytesVector paths = (BytesVector) vector.flatten();
        byte[] data = paths.data();
        int[] offsets = paths.offsets();
        int[] ids = new int[rowCount];
        Interner interner = new Interner(Math.max(16, selection.size() / ROWS_PER_ENTRY));
        for (int i = 0; i < selection.size(); i++) {
            int position = selection.position(i);
            long range = find(part, data, offsets[position], offsets[position + 1]);
            int id = interner.intern(data, (int) (range >>> 32), (int) range);
            if (id == Interner.FULL) {
                return copied(paths, selection, rowCount, part);
            }
            ids[position] = id;
        }
        return new DictionaryVector(rowCount, ids, interner.dictionary(), null);
    }

    private static Vector copied(Vector vector, Selection selection, int rowCount, Part part) {
        BytesVector paths = (BytesVector) vector.flatten();
        byte[] data = paths.data();
        int[] offsets = paths.offsets();
        byte[] result = new byte[Math.min(longest(offsets, selection), 64 + BYTES_PER_ROW * selection.size())];
        int[] resultOffsets = new int[rowCount + 1];
        int end = 0;
        int next = 0;
        for (int i = 0; i < selection.size(); i++) {
            int position = selection.position(i);
            while (next < position) {
                resultOffsets[++next] = end;
            }
            long range = find(part, data, offsets[position], offsets[position + 1]);
            int from = (int) (range >>> 32);
            int length = (int) range - from;
            if (end + length > result.length) {
                result = Arrays.copyOf(result, Math.max(end + length, 2 * result.length));
            }
            Bytes.copy(data, from, result, end, length);
            end += length;
            resultOffsets[++next] = end;
        }
        while (next < rowCount) {
            resultOffsets[++next] = end;
        }
        return new BytesVector(DataType.VARCHAR, rowCount, result, resultOffsets, null);
    }

    /** Bytes of all selected paths: no part is longer than its path. */
    private static int longest(int[] offsets, Selection selection) {
        int size = selection.size();
        if (size == 0) {
            return 0;
        }
        if (selection.isAll()) {
            return offsets[size] - offsets[0];
        }
        int total = 0;
        for (int i = 0; i < size; i++) {
            int position = selection.position(i);
            total += offsets[position + 1] - offsets[position];
        }
        return total;
    }
}
