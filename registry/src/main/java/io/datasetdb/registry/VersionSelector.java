// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.time.Instant;
import java.util.List;

/** Which version of a dataset is meant. */
public sealed interface VersionSelector {
    /** The complete version with the highest number. */
    VersionSelector LATEST = new Latest();

    /** The complete version with the highest number. */
    record Latest() implements VersionSelector {
        @Override
        public String toString() {
            return "latest";
        }
    }

    /** Just this one. */
    record Exact(SemanticVersion version) implements VersionSelector {
        @Override
        public String toString() {
            return version.toString();
        }
    }

    /**
     * The complete version with the highest number that every clause allows.
     *
     * @param text the range as given
     */
    record Range(String text, List<Clause> clauses) implements VersionSelector {
        public Range {
            clauses = List.copyOf(clauses);
        }

        public boolean matches(SemanticVersion version) {
            long number = version.number();
            return clauses.stream().allMatch(clause -> clause.allows(number));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What was the latest version at this time. */
    record AsOf(Instant time) implements VersionSelector {
        @Override
        public String toString() {
            return "as of " + time;
        }
    }

    /** Numbers from {@code low} up to but not {@code high}; or, if {@code negated}, all others. */
    record Clause(long low, long high, boolean negated) {
        boolean allows(long number) {
            return (number >= low && number < high) != negated;
        }
    }

    /**
     * Reads what stands after {@code @}: {@code 1.2.3} or {@code v1.2.3} (exact); {@code 2}, {@code 1.4} (newest that begins
     * so); or clauses separated by commas of the operators {@code >= > <= < == != ~=} of Python's PEP 440, where {@code ==}
     * and {@code !=} allow {@code 1.2.*}, and npm's {@code ^} (the first part that is not 0 stays); parts left out are 0.
     */
    static VersionSelector parse(String text) {
        return VersionRanges.parse(text);
    }
}
