// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void listingsOfDifferentLocationsHaveDifferentNames() {
        String[] locations = {
            "file:///data/A/**",
            "file:///data/a/**",
            "file:///data/a.b/*",
            "file:///data/a%2eb/*",
            "s3://b@c/É",
            "s3://b@c/é"
        };

        assertThat(locations).extracting(DatasetName::ofListing).doesNotHaveDuplicates();
        assertThat(DatasetName.ofListing("file:///data/a.b/*")).hasToString("system.listing.file:///data/a%2eb/*");
    }
}
