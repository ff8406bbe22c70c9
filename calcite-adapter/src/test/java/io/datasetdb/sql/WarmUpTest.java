// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    @TempDir
    Path folder;

    @Test
    void itsStatementsRunAndLeaveNothingBehind() {
        try (Engine engine = Engine.open(new EngineConfig(folder.resolve("w").toString()))) {
            engine.warmUp();
            try (Session session = engine.openSession(SessionOptions.of("tester"))) {
                assertThatCode(() -> WarmUp.run(session)).doesNotThrowAnyException();
                try (StatementResult datasets = session.execute("SELECT name FROM registry.datasets")) {
                    assertThat(datasets.next()).isNull();
                }
                try (StatementResult queries =
                        session.execute("SELECT author FROM registry.queries WHERE author = 'datasetdb'")) {
                    assertThat(queries.next()).isNull();
                }
            }
        }
    }

    @Test
    void itEndsWithItsSession() {
        try (Engine engine = Engine.open(new EngineConfig(folder.resolve("w").toString()))) {
            Session session = engine.openSession(SessionOptions.of("tester"));
            session.close();
            assertThatThrownBy(() -> WarmUp.run(session))
                    .isInstanceOf(DatasetDbException.class)
                    .hasMessageContaining("the session is closed");
        }
    }
}
