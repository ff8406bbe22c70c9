// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "img%, IMG_1, true, img, false",
        "img%, im, false, img, false",
        "I_g, img, true, i, false",
        "I_g, imgs, false, i, false",
        "a\\_b, A_B, true, a_b, true",
        "a\\_b, axb, false, a_b, true",
        "a\\%, a%, true, a%, true",
        "a\\\\%, a\\b, true, a\\, false",
        "a\\, a\\, true, a\\, true",
        "'', '', true, '', true",
        "'', x, false, '', true",
        "%x.y%, axxy, false, '', false",
        "ΟΔΟΣ%, οδοσ, true, οδοσ, false",
    })
    void aPatternMatchesAsLikeDoes(String pattern, String name, boolean matches, String prefix, boolean exact) {
        NamePattern parsed = NamePattern.of(pattern);
        assertThat(parsed.matches(name)).isEqualTo(matches);
        assertThat(parsed.prefix()).isEqualTo(prefix);
        assertThat(parsed.isExact()).isEqualTo(exact);
    }

    @Test
    void keysAreComparedWithWhatTheDatabaseTakesForThePattern() {
        assertThat(NamePattern.of("Im\\_G_%").like()).isEqualTo("im\\_g_%");
        assertThat(NamePattern.of("a\\").like()).isEqualTo("a\\\\");
        assertThat(NamePattern.of("50\\%").like()).isEqualTo("50\\%");
        assertThat(NamePattern.of(null).like()).isEqualTo("%");
    }

    @Test
    void noPatternMatchesEverything() {
        assertThat(NamePattern.of(null).matches("")).isTrue();
        assertThat(NamePattern.of(null).isExact()).isFalse();
        assertThat(NamePattern.of("%").matches("x")).isTrue();
    }
}
