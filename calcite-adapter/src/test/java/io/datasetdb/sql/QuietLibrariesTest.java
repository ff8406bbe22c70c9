// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class QuietLibrariesTest {
    @Test
    void librariesAreQuietUnlessSomebodySetALevel() {
        Logger flyway = Logger.getLogger("org.flywaydb");
        Logger hikari = Logger.getLogger("com.zaxxer.hikari");
        Level before = hikari.getLevel();
        flyway.setLevel(Level.FINE);
        hikari.setLevel(null);
        QuietLibraries.hush();
        assertThat(flyway.getLevel()).isEqualTo(Level.FINE);
        assertThat(hikari.getLevel()).isEqualTo(Level.SEVERE);
        assertThat(Logger.getLogger("com.zaxxer.hikari.pool.HikariPool").isLoggable(Level.INFO))
                .isFalse();
        flyway.setLevel(null);
        hikari.setLevel(before);
    }
}
