// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundedRowsTest {
    @Test
    void theLastDigitOfFloatingNumbersMayDiffer() {
        assertThat(areEqual("a|NULL|-5.76448513138e+06", "a|NULL|-5.76448513137e+06"))
                .isTrue();
        assertThat(areEqual("a|-5.76448513138e+06", "a|-5.76448513128e+06")).isFalse();
        assertThat(areEqual("a|1.00000000000e+00", "b|1.00000000000e+00")).isFalse();
        assertThat(areEqual("a|NULL", "a|0")).isFalse();
    }

    private static boolean areEqual(String row, String other) {
        return RoundedRows.areEqual(new ArrayList<>(List.of(row)), new ArrayList<>(List.of(other)));
    }
}
