// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

/**
 * How something failed.
 *
 * @param sqlState five characters
 * @param message the sentence
 */
record Failure(String sqlState, String message) {
    /** Something that a user does. */
    interface Step {
        void run() throws SQLException;
    }

    /** Runs a step; answers its failure, or {@code null} if it succeeded. */
    static Failure of(Step step) {
        try {
            step.run();
            return null;
        } catch (SQLException e) {
            return new Failure(e.getSQLState(), e.getMessage());
        }
    }

    /** Runs a step that must fail, with one sentence. */
    static Failure expect(Step step) {
        Failure failure = of(step);
        assertThat(failure).as("it must fail").isNotNull();
        assertThat(failure.message()).startsWith("Cannot ").doesNotContain("\n");
        return failure;
    }
}
