// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares rows deeply; byte arrays by content, NaNs as equal. */
final class RowAssert {
    private RowAssert() {}

    static void assertSameRows(
            String what, List<List<@Nullable Object>> actual, List<List<@Nullable Object>> expected) {
        assertThat(actual).as("number of rows of " + what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(comparable(actual.get(i))).as("row " + i + " of " + what).isEqualTo(comparable(expected.get(i)));
        }
    }

    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            list.forEach(element -> result.add(comparable(element)));
            return result;
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            map.forEach((key, element) -> result.put(comparable(key), comparable(element)));
            return result;
        }
        return value;
    }
}
