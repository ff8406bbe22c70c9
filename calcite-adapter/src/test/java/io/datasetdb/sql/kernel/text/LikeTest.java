// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import static io.datasetdb.sql.kernel.Eval.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikeTest {
    private static final DataType S = DataType.VARCHAR;

    private static @Nullable Object like(String value, String pattern, @Nullable String escape) {
        return Eval.one(Like.of(lit(value, S), lit(pattern, S), escape == null ? null : lit(escape, S), false, false));
    }

    @Test
    void agreesWithANaiveMatcher() {
        long seed = 5;
        Random random = new Random(seed);
        String[] alphabet = {"a", "b", "é", "😀", "ab", "%"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            StringBuilder pattern = new StringBuilder();
            for (int k = random.nextInt(8); k > 0; k--) {
                value.append(alphabet[random.nextInt(alphabet.length)]);
            }
            for (int k = random.nextInt(7); k > 0; k--) {
                pattern.append(random.nextInt(2) == 0 ? alphabet[random.nextInt(5)] : random.nextBoolean() ? "%" : "_");
            }
            String v = value.toString();
            String p = pattern.toString();
            boolean expected = naive(v.codePoints().toArray(), 0, p.codePoints().toArray(), 0);
            assertThat(like(v, p, null))
                    .as("seed " + seed + ": '" + v + "' LIKE '" + p + "'")
                    .isEqualTo(expected);
        }
    }

    private static boolean naive(int[] value, int i, int[] pattern, int j) {
        if (j == pattern.length) {
            return i == value.length;
        }
        if (pattern[j] == '%') {
            for (int k = i; k <= value.length; k++) {
                if (naive(value, k, pattern, j + 1)) {
                    return true;
                }
            }
            return false;
        }
        return i < value.length && (pattern[j] == '_' || pattern[j] == value[i]) && naive(value, i + 1, pattern, j + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "a%b, a!%b, !, true",
        "axb, a!%b, !, false",
        "a_b, a!_b, !, true",
        "a!b, a!!b, !, true",
        "50%, %!%, !, true",
        "x😀y, x😀_y, 😀, false",
        "x_y, x😀_y, 😀, true"
    })
    void escapesTakeWildcardsLiterally(String value, String pattern, String escape, boolean expected) {
        assertThat(like(value, pattern, escape)).isEqualTo(expected);
    }

    @Test
    void badEscapesAreErrors() {
        for (String[] bad : new String[][] {{"a!", "!"}, {"a!b", "!"}, {"a", ""}, {"a", "xy"}}) {
            assertThatThrownBy(() -> like("a", bad[0], bad[1]))
                    .as(Arrays.toString(bad))
                    .isInstanceOf(DatasetDbException.class)
                    .extracting(e -> ((DatasetDbException) e).sqlState())
                    .isEqualTo("22025");
        }
    }

    @Test
    void ilikeIgnoresCaseBeyondAscii() {
        Vector values = Eval.column(S, "ÉCOLE", "ecole", null, "l'école!");
        assertThat(Eval.all(Like.of(Eval.col(0, S), lit("%éCo%", S), null, true, false), values))
                .isEqualTo(Arrays.asList(true, false, null, true));
        assertThat(Eval.all(Like.of(Eval.col(0, S), lit("%éCo%", S), null, true, true), values))
                .isEqualTo(Arrays.asList(false, true, null, false));
    }

    @Test
    void patternsMayVaryByRow() {
        Vector values = Eval.column(S, "abc", "abc", "abc", "abc");
        Vector patterns = Eval.column(S, "a%", "_", null, "%c");
        assertThat(Eval.all(Like.of(Eval.col(0, S), Eval.col(1, S), null, false, false), values, patterns))
                .isEqualTo(Arrays.asList(true, false, null, true));
        assertThat(Eval.one(Like.of(lit("a", S), lit(null, S), null, false, false)))
                .isNull();
        assertThat(List.of(like("", "", null), like("", "%", null), like("", "_", null)))
                .isEqualTo(List.of(true, true, false));
    }
}
