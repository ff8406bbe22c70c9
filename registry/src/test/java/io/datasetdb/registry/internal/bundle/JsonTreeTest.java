// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    @Test
    void whatIsWrittenIsReadBack() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("text", "a\"b\\c\nd\t\u0000 ü 漢 \uD83D\uDE00 \uD800");
        tree.put("numbers", List.of(Long.MIN_VALUE, 0L, 0.1, 1e300, -0.0));
        tree.put("words", Arrays.asList(true, false, null));
        tree.put("empty", List.of(Map.of(), List.of(), ""));
        tree.put("nested", List.of(Map.of("a", List.of(Map.of("b", 1L)))));
        StringBuilder text = new StringBuilder();
        JsonTree.write(text, tree);
        assertThat(JsonTree.read(text.toString())).isEqualTo(tree);
    }

    @Test
    void whatOthersWriteIsRead() {
        assertThat(JsonTree.read(" [ 1 , -2.5E+1 , \"\\u00fc\\/\\b\\f\\r\" , { \"a\" : null } ]\r\n"))
                .isEqualTo(List.of(1L, -25.0, "ü/\b\f\r", java.util.Collections.singletonMap("a", null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1",
                "tru",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "1 2",
                "1e",
                "99999999999999999999",
                "{a:1}",
                "'a'"
            })
    void anythingElseFailsWithItsPosition(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonTree.read(text))
                .withMessageStartingWith("its manifest is no JSON at character ");
    }

    @Test
    void depthIsBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonTree.read("[".repeat(100_000)));
    }
}
