// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every error must show: its code, its SQLSTATE and a sentence. */
final class Failures {
    private Failures() {}

    static void assertFails(ThrowingCallable call, RegistryError code, String sqlState, String... inMessage) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DatasetDbException.class, failure -> {
            assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
            assertThat(failure.sqlState()).isEqualTo(sqlState);
            assertThat(failure).hasMessageStartingWith("Cannot ").hasMessageEndingWith(")");
            for (String part : inMessage) {
                assertThat(failure).hasMessageContaining(part);
            }
        });
    }
}
