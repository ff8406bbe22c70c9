// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import io.datasetdb.sql.parse.generated.DatasetParserConstants;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;

/** The words of the grammar: which of them may be names, and what to call them in a message. */
final class WordTable {
    /** More alternatives than these explain nothing. */
    private static final int MAX_EXPECTED = 4;

    private static final String NAME = "a name";

    private final SqlAbstractParserImpl.Metadata metadata;

    WordTable(SqlAbstractParserImpl.Metadata metadata) {
        this.metadata = metadata;
    }

    /** The alternatives between {@code before} and {@code after}; empty if they are too many. */
    String expected(Set<Integer> kinds, String before, String after) {
        Set<String> names = new TreeSet<>();
        boolean anyName = kinds.contains(DatasetParserConstants.IDENTIFIER);
        for (int kind : kinds) {
            String name = name(kind);
            if (!(anyName && metadata.isNonReservedKeyword(name))) {
                names.add(name);
            }
        }
        boolean useful = !names.isEmpty() && names.size() <= MAX_EXPECTED;
        return useful ? before + String.join(" or ", names) + after : "";
    }

    private static String name(int kind) {
        String image = DatasetParserConstants.tokenImage[kind];
        if (!image.startsWith("<")) {
            return image.substring(1, image.length() - 1);
        }
        if (kind == DatasetParserConstants.EOF) {
            return "the end";
        }
        if (image.contains("IDENTIFIER")) {
            return NAME;
        }
        return image.contains("STRING") ? "a string" : "a number";
    }
}
