// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "kitten, sitting, 3", "main, mian, 1", "ca, abc, 3", "same, same, 0"})
    void distanceCountsEditsAndSwaps(String left, String right, int distance) {
        assertThat(NearestName.distance(left, right)).isEqualTo(distance);
        assertThat(NearestName.distance(right, left)).isEqualTo(distance);
    }

    @Test
    void nearestIsFoundWithoutRegardToCase() {
        List<String> names = List.of("Photos", "thumbs", "x", "image_embeddings");

        assertThat(NearestName.of("fotos", names)).contains("Photos");
        assertThat(NearestName.of("PHOTO", names)).contains("Photos");
        assertThat(NearestName.of("image_embedings", names)).contains("image_embeddings");
        assertThat(NearestName.of("y", names)).as("nothing is left of it").isEmpty();
        assertThat(NearestName.of("", names)).isEmpty();
        assertThat(NearestName.of("photos", List.of("PHOTOS", "fhotos", "phptos")))
                .contains("fhotos");
        assertThat(NearestName.of("something else", names)).isEmpty();
        assertThat(NearestName.of("anything", List.of())).isEmpty();
    }
}
