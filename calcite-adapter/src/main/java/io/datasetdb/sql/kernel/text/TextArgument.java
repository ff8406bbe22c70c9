// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.Vector;

/**
 * A VARCHAR or VARBINARY argument, constant or not.
 *
 * @param mask {@code position & mask} is where the value of a position is: -1, or 0 for a constant
 */
record TextArgument(byte[] data, int[] offsets, int mask) {
    static TextArgument of(Vector argument) {
        if (argument instanceof ConstantVector constant) {
            BytesVector single = (BytesVector) constant.single();
            return new TextArgument(single.data(), single.offsets(), 0);
        }
        BytesVector bytes = (BytesVector) argument;
        return new TextArgument(bytes.data(), bytes.offsets(), -1);
    }

    int from(int position) {
        return offsets[position & mask];
    }

    int to(int position) {
        return offsets[(position & mask) + 1];
    }

    int length(int position) {
        return to(position) - from(position);
    }

    String string(int position) {
        return new String(data, from(position), length(position), java.nio.charset.StandardCharsets.UTF_8);
    }

    void appendTo(TextSink out, int position) {
        out.append(data, from(position), to(position));
    }
}
