// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import java.math.BigInteger;
import java.util.HexFormat;

/** To UUID: 32 hexadecimal digits, with or without hyphens and braces. */
final class ToUuid {
    private ToUuid() {}

    static VectorCall.Body body(DataType from, CastTarget target) {
        if (from.kind() != DataType.Kind.VARCHAR) {
            throw CastBodies.impossible(from, target.type());
        }
        return (arguments, selection, rowCount) ->
                Loops.bigs(arguments.get(0), selection, target, (source, p) -> parse(Loops.text(source, p)));
    }

    private static BigInteger parse(String text) {
        boolean braces = text.startsWith("{") && text.endsWith("}");
        String digits = (braces ? text.substring(1, text.length() - 1) : text).replace("-", "");
        if (digits.length() != 32 || text.length() > 38) {
            throw Unconvertible.malformed();
        }
        try {
            return new BigInteger(HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException e) {
            throw Unconvertible.malformed();
        }
    }
}
