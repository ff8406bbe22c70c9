// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.ErrorKind;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a client is told about a failure: one sentence and a SQLSTATE. Stack traces stay in the log, under the id that the
 * sentence names.
 *
 * @param message one line
 * @param sqlState five characters
 */
record OneLine(String message, String sqlState) {
    private static final Logger LOG = Logger.getLogger("io.datasetdb.server");

    /** The answer to a failure; failures that are our own fault are logged. */
    static OneLine of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof DatasetDbException known) {
                if (known.code() == null || known.code().kind() != ErrorKind.BUG) {
                    return new OneLine(flat(String.valueOf(known.getMessage())), known.sqlState());
                }
                return logged(flat(String.valueOf(known.getMessage())), thrown);
            }
            if (t instanceof OutOfMemoryError) {
                return new OneLine("Cannot run the statement: there is not enough memory", "53200");
            }
            if (t instanceof StackOverflowError) {
                return new OneLine("Cannot run the statement: it is nested too deeply", "54001");
            }
        }
        return logged("Cannot run the statement: the server failed", thrown);
    }

    private static OneLine logged(String message, Throwable thrown) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.SEVERE, "error " + id, thrown);
        return new OneLine(message + " (error " + id + " in the server's log)", "XX000");
    }

    private static String flat(String message) {
        return message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
