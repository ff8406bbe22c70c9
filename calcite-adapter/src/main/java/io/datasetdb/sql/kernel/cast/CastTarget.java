// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/** What to cast to, and what to do where that fails. */
record CastTarget(DataType type, int length, boolean padded, Cast.Mode mode) {
    /** Longest part of a value that a message quotes. */
    private static final int QUOTED = 60;

    CastTarget forElement(DataType element) {
        return new CastTarget(element, -1, false, mode);
    }

    /**
     * Handles a value that cannot be converted.
     *
     * @param validity the result's bitmap so far
     * @return the bitmap, in which the position is now NULL
     */
    long[] failed(Unconvertible failure, Vector source, int position, long @Nullable [] validity) {
        if (mode == Cast.Mode.STRICT) {
            throw new DatasetDbException(
                    failure.code(),
                    "Cannot cast " + quoted(source, position) + " to " + type.sql() + ": " + failure.getMessage());
        }
        long[] bits = validity == null ? Validity.allValid(source.size()) : validity;
        Validity.setNull(bits, position);
        return bits;
    }

    private static String quoted(Vector source, int position) {
        StringBuilder out = new StringBuilder();
        ValueText.append(out, source, position);
        String text = out.length() > QUOTED ? out.substring(0, QUOTED) + "…" : out.toString();
        return source.type().kind() == DataType.Kind.VARCHAR ? "'" + text + "'" : text;
    }
}
