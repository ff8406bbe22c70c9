// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetNameTest {
    @Test
    void parseFillsInWhatIsLeftOut() {
        assertThat(DatasetName.parse("x", "n", "p")).hasToString("n.p.x");
        assertThat(DatasetName.parse("q.x", "n", "p")).hasToString("n.q.x");
        assertThat(DatasetName.parse("m.q.x", "n", "p")).hasToString("m.q.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", ".a", "a.", "a@1.0.0", "a@2", "a.b.c.d", "a\nb", "a\u0000"})
    void parseRefusesWhatIsNoName(String text) {
        assertFails(() -> DatasetName.parse(text, "n", "p"), RegistryError.INVALID_NAME, "42602");
    }

    @Test
    void partsMayHoldAnythingElse() {
        DatasetName name = DatasetName.parse("Größe mm².Ünï köde.日本 \"x\" %", "n", "p");

        assertThat(name.name()).isEqualTo("日本 \"x\" %");
    }

    @Test
    void equalityIgnoresCase() {
        DatasetName name = new DatasetName("Main", "Public", "Photos");

        assertThat(name)
                .isEqualTo(DatasetName.of("photos"))
                .hasSameHashCodeAs(DatasetName.of("PHOTOS"))
                .isNotEqualTo(DatasetName.of("photo"))
                .hasToString("Main.Public.Photos");
    }

    @ParameterizedTest
    @CsvSource({"ΟΔΟΣ, οδος", "ΟΔΟΣ, οδοσ", "Ünï, üNÏ", "ДАННЫЕ, данные", "ǅ, ǆ", "𐐀, 𐐨"})
    void caseIsThatOfUnicode(String upper, String lower) {
        assertThat(DatasetName.of(upper)).isEqualTo(DatasetName.of(lower)).hasSameHashCodeAs(DatasetName.of(lower));
    }

    /** Only so can names that begin with a text be found by their keys. */
    @Test
    void keyOfABeginningBeginsTheKey() {
        String text = "ΟΔΟΣΑ İstanbul ﬁ Σ";
        for (int end = 1; end <= text.length(); end++) {
            assertThat(DatasetName.key(text)).startsWith(DatasetName.key(text.substring(0, end)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00a0\u3000", "a\ud800", "\udc00b", "a\u2028", "a\u202eb"})
    void namesThatNobodyCanSeeOrTypeAreRefused(String text) {
        assertFails(() -> DatasetName.of(text), RegistryError.INVALID_NAME, "42602");
    }

    @Test
    void namesHaveAnEnd() {
        assertThat(DatasetName.of("x".repeat(255)).name()).hasSize(255);
        assertFails(
                () -> DatasetName.of("x".repeat(256)),
                RegistryError.INVALID_NAME,
                "42602",
                "longer than 255 characters",
                "(" + "x".repeat(40) + "…)");
        assertThat(DatasetName.ofListing("file:///" + "x".repeat(4000)).name()).hasSize(4008);
    }

    @Test
    void listingsOfDifferentLocationsHaveDifferentNames() {
        String[] locations = {
            "file:///data/A/**",
            "file:///data/a/**",
            "file:///data/a.b/*",
            "file:///data/a%2eb/*",
            "file:///data/ſ/**",
            "file:///data/s/**",
            "file:///data/ς/**",
            "file:///data/σ/**",
            "file:///data/a\u202eb/**",
            "s3://b@c/É",
            "s3://b@c/é"
        };

        assertThat(locations).extracting(DatasetName::ofListing).doesNotHaveDuplicates();
        assertThat(DatasetName.ofListing("file:///data/a.b/*")).hasToString("system.listing.file:///data/a%2eb/*");
    }
}
