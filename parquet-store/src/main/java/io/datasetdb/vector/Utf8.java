// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import io.datasetdb.error.DatasetDbException;
import java.nio.charset.StandardCharsets;

/** Java's text as it is stored. */
public final class Utf8 {
    private Utf8() {}

    /**
     * The bytes of a text. Fails with {@link VectorError#BAD_TEXT} if a surrogate stands alone, which has none: Java's own
     * encoding would put a question mark in its place.
     */
    public static byte[] bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                // A pair is one code point beyond those that are surrogates.
                if (Character.isBmpCodePoint(text.codePointAt(i))) {
                    throw new DatasetDbException(
                            VectorError.BAD_TEXT,
                            "Cannot store the text: its character " + (i + 1) + " is one half of a surrogate pair ("
                                    + new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + ")");
                }
                i++;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
