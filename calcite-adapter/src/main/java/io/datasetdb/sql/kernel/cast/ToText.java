// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.text.TextSink;
import io.datasetdb.sql.kernel.text.Utf8;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.HexFormat;

/** To VARCHAR and VARBINARY. */
final class ToText {
    private ToText() {}

    static VectorCall.Body varchar(DataType from, CastTarget target) {
        if (from.kind() == DataType.Kind.VARCHAR) {
            return (arguments, selection, rowCount) ->
                    fit((BytesVector) Loops.flat(arguments.get(0)), selection, target);
        }
        return (arguments, selection, rowCount) -> {
            BytesVector text = write(Loops.flat(arguments.get(0)), selection);
            return target.length() < 0 ? text : fit(text, selection, target);
        };
    }

    private static BytesVector write(Vector source, Selection selection) {
        TextSink sink = new TextSink(source.size(), selection.size() * 12);
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            out.setLength(0);
            ValueText.append(out, source, p);
            sink.begin(p);
            sink.append(out);
            sink.begin(p + 1);
        }
        return sink.build(DataType.VARCHAR);
    }

    /** Cuts to the target's length, and pads if it says so. */
    private static Vector fit(BytesVector source, Selection selection, CastTarget target) {
        if (target.length() < 0) {
            return source;
        }
        TextSink sink = new TextSink(source.size(), source.offsets()[source.size()]);
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            int from = source.offsets()[p];
            int to = source.offsets()[p + 1];
            sink.begin(p);
            sink.append(source.data(), from, Utf8.skip(source.data(), from, to, target.length()));
            if (target.padded()) {
                for (int n = Utf8.count(source.data(), from, to); n < target.length(); n++) {
                    sink.append((byte) ' ');
                }
            }
            sink.begin(p + 1);
        }
        return sink.build(DataType.VARCHAR);
    }

    static VectorCall.Body varbinary(DataType from, CastTarget target) {
        if (from.kind() != DataType.Kind.VARCHAR && from.kind() != DataType.Kind.VARBINARY) {
            throw CastBodies.impossible(from, target.type());
        }
        boolean text = from.kind() == DataType.Kind.VARCHAR;
        return (arguments, selection, rowCount) ->
                binary((BytesVector) Loops.flat(arguments.get(0)), selection, target, text);
    }

    private static Vector binary(BytesVector source, Selection selection, CastTarget target, boolean text) {
        TextSink sink = new TextSink(source.size(), source.offsets()[source.size()]);
        long[] validity = null;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            sink.begin(p);
            try {
                byte[] bytes = text ? fromText(source.bytes(p)) : source.bytes(p);
                int length = target.length() < 0 ? bytes.length : Math.min(bytes.length, target.length());
                sink.append(bytes, 0, length);
            } catch (Unconvertible e) {
                validity = target.failed(e, source, p, validity);
            }
            sink.begin(p + 1);
        }
        BytesVector bytes = sink.build(DataType.VARBINARY);
        return new BytesVector(DataType.VARBINARY, bytes.size(), bytes.data(), bytes.offsets(), validity);
    }

    private static byte[] fromText(byte[] text) {
        if (text.length < 2 || text[0] != '\\' || text[1] != 'x') {
            return text;
        }
        try {
            return HexFormat.of()
                    .parseHex(new String(text, 2, text.length - 2, java.nio.charset.StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Unconvertible.malformed();
        }
    }
}
