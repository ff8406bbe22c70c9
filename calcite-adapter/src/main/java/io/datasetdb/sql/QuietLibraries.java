// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps what libraries say on their way (pools that start, migrations that are checked) from the stderr of programs that open a
 * warehouse. Only where java.util.logging is as it comes: whoever set a level, of these loggers or of all, gets what they asked
 * for, and so does whoever sends the libraries' log somewhere else.
 */
public final class QuietLibraries {
    /** Held, since java.util.logging forgets loggers that nobody holds, and their levels with them. */
    private static final List<Logger> LOGGERS = Stream.of(
                    "com.zaxxer.hikari",
                    "org.apache.calcite",
                    "org.apache.hadoop",
                    "org.apache.parquet",
                    "org.eclipse.jetty",
                    "org.flywaydb")
            .map(Logger::getLogger)
            .toList();

    private QuietLibraries() {}

    /** Lets through only what is severe, unless somebody has said what is to be logged. */
    public static void hush() {
        LogManager manager = LogManager.getLogManager();
        boolean untouched = Objects.equals(Logger.getLogger("").getLevel(), Level.INFO)
                && System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null;
        for (Logger logger : LOGGERS) {
            if (untouched && logger.getLevel() == null && manager.getProperty(logger.getName() + ".level") == null) {
                logger.setLevel(Level.SEVERE);
            }
        }
    }
}
