// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSelectorTest {
    private static final List<SemanticVersion> VERSIONS = List.of(
            new SemanticVersion(0, 9, 0),
            new SemanticVersion(1, 0, 0),
            new SemanticVersion(1, 2, 0),
            new SemanticVersion(1, 2, 7),
            new SemanticVersion(1, 4, 1),
            new SemanticVersion(1, 4, 2),
            new SemanticVersion(1, 4, 9),
            new SemanticVersion(1, 10, 0),
            new SemanticVersion(2, 0, 0),
            new SemanticVersion(2, 0, 1),
            new SemanticVersion(999_999, 999_999, 999_999));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 2.0.1",
                "1 | 1.10.0",
                "1.4 | 1.4.9",
                "v1.2 | 1.2.7",
                "0 | 0.9.0",
                "3 | none",
                "999999 | 999999.999999.999999",
                ">=1.0,<2.0 | 1.10.0",
                ">= 1.0 , < 2.0 | 1.10.0",
                ">=3 | 999999.999999.999999",
                ">2.0.0,<3 | 2.0.1",
                ">2 , <3 | 2.0.1",
                "<1 | 0.9.0",
                "<=1 | 1.0.0",
                "<=1.4.1 | 1.4.1",
                "~=1.4.2 | 1.4.9",
                "~=1.4 | 1.10.0",
                "~=1.2.1 | 1.2.7",
                "~=1.3.0 | none",
                "==1.2.* | 1.2.7",
                "==1.* | 1.10.0",
                "==1.2 | 1.2.0",
                "==1.2.7 | 1.2.7",
                "!=1.10.0,<2 | 1.4.9",
                "!=1.*,<2 | 0.9.0",
                "!=999999.* | 2.0.1",
                ">1.10.0,<2 | none",
                "^1.2 | 1.10.0",
                "^ 1.4.2 | 1.10.0",
                "^2 | 2.0.1",
                "^0.9 | 0.9.0",
                "^0.8.5 | none",
                "^0 | 0.9.0",
                "^999999 | 999999.999999.999999",
                "^1.2,<1.10 | 1.4.9"
            })
    void rangeMeansTheNewestThatMatches(String text, String expected) {
        var range = (VersionSelector.Range) VersionSelector.parse(text);

        String newest = VERSIONS.stream()
                .filter(range::matches)
                .reduce((left, right) -> right)
                .map(SemanticVersion::toString)
                .orElse("none");

        assertThat(newest).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "v1.2.3", "V1.2.3", " 1.2.3 "})
    void threePartsAreExact(String text) {
        assertThat(VersionSelector.parse(text)).isEqualTo(new VersionSelector.Exact(new SemanticVersion(1, 2, 3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1.",
                ".1",
                "1..2",
                "1.2.3.4",
                "-1",
                "1.2.-3",
                "1000000",
                "1.2.1000000",
                "99999999999",
                "=1.0",
                "=>1",
                ">=",
                ">=1,",
                ">=1,,<2",
                ">=1 <2",
                "~=1",
                "~=1.2.*",
                ">1.*",
                "==1.2.3.*",
                "==*",
                "1.*",
                "latest",
                "01.2.3",
                "1.00",
                "2.0.01",
                "1.0.0-beta",
                "1.0.0+7",
                "v",
                "vv1",
                "2147483647.0.0",
                "2147483648",
                "1,2",
                "^",
                "^1.*",
                "^^1",
                ">1.0.0 beta",
                "1 .2",
                "１.2.3"
            })
    void nonsenseIsNamed(String text) {
        assertFails(() -> VersionSelector.parse(text), RegistryError.INVALID_VERSION, "22023", "(" + text + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1.0", "01.0.0", "1.0.00", "1.0.0-beta", "v1.0.0", " 1.0.0", "1.0.0.0", "2147483648.0.0"
            })
    void versionsAreWrittenInFull(String text) {
        assertFails(
                () -> SemanticVersion.parse(text),
                RegistryError.INVALID_VERSION,
                "22023",
                "major.minor.patch",
                "(" + text + ")");
    }

    @Test
    void numberOrdersLikeTheParts() {
        assertThat(VERSIONS).isSorted();
        for (SemanticVersion version : VERSIONS) {
            assertThat(SemanticVersion.ofNumber(version.number())).isEqualTo(version);
            assertThat(SemanticVersion.parse(version.toString())).isEqualTo(version);
        }
    }

    @Test
    void bumpRaisesOnePartAndClearsThoseBehindIt() {
        SemanticVersion version = new SemanticVersion(1, 2, 3);

        assertThat(version.next(SemanticVersion.Bump.PATCH)).hasToString("1.2.4");
        assertThat(version.next(SemanticVersion.Bump.MINOR)).hasToString("1.3.0");
        assertThat(version.next(SemanticVersion.Bump.MAJOR)).hasToString("2.0.0");
        assertFails(
                () -> new SemanticVersion(1, 2, 999_999).next(SemanticVersion.Bump.PATCH),
                RegistryError.INVALID_VERSION,
                "22023",
                "1.2.1000000");
    }
}
