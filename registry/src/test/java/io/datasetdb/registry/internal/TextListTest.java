// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextListTest {
    @Test
    void rowsReadBackWhateverTheyHold() {
        List<List<String>> rows =
                List.of(List.of("a", "", "b\tc"), List.of(""), List.of("\\n", "\n", "\\"), List.of("", "", ""));

        assertThat(TextList.rows(TextList.ofRows(rows))).isEqualTo(rows);
        assertThat(TextList.rows("")).isEmpty();
    }

    @Test
    void mapsAndItemsReadBackInTheirOrder() {
        var map = new LinkedHashMap<String, String>();
        map.put("z", "1");
        map.put("a\t", "");
        List<String> items = List.of("x\\y", "", "tab\t", "a\rb", "c\r\nd", "\u2028");

        assertThat(TextList.map(TextList.ofMap(map))).containsExactlyEntriesOf(map);
        assertThat(TextList.items(TextList.ofItems(items))).isEqualTo(items);
    }
}
