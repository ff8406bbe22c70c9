// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.text.TextColumn;
import io.datasetdb.vector.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What all columns of a file need to know.
 *
 * @param factory makes generators of JSON text
 * @param location the file
 * @param trust whether types are declared; if they are guessed, an unknown key is an error, for it would be lost
 */
record JsonContext(JsonFactory factory, String location, TextColumn.Trust trust) {
    private static final int LONGEST_SHOWN = 100;

    boolean isGuessed() {
        return trust == TextColumn.Trust.GUESSED;
    }

    /** The error of the value at the parser's current token. */
    DatasetDbException misfit(JsonParser parser, String path, DataType type) throws IOException {
        String text = parser.getText();
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return new DatasetDbException(
                UdfError.BAD_VALUE,
                "Cannot read " + location + ": value of " + path + where(parser) + " is no " + type.sql() + " (" + shown
                        + ")" + advice());
    }

    /** The bytes of a text, which an escape may have given half of a surrogate pair, and that is no character. */
    byte[] utf8(JsonParser parser, String path, String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new DatasetDbException(
                    UdfError.BAD_ENCODING,
                    "Cannot read " + location + ": text of " + path + where(parser)
                            + " is not Unicode: half of a surrogate pair is missing",
                    e);
        }
    }

    /** The error of a key that the types do not know. */
    DatasetDbException unknownKey(JsonParser parser, String path) {
        return new DatasetDbException(
                UdfError.SCHEMA_MISMATCH,
                "Cannot read " + location + ": unknown key " + path + where(parser) + advice());
    }

    /** The error of a key that an object has twice. */
    DatasetDbException duplicateKey(JsonParser parser, String path) {
        return new DatasetDbException(
                UdfError.BAD_FILE, "Cannot read " + location + ": key " + path + where(parser) + " is there twice");
    }

    private static String where(JsonParser parser) {
        JsonLocation at = parser.currentTokenLocation();
        return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private String advice() {
        return isGuessed()
                ? "; the types were guessed from a sample, declare them with columns or enlarge sample_size"
                : "";
    }
}
