// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Where results go. A failure to write ends the command: PrintStream keeps an IOException to itself, so that a full disk would
 * pass for success and a query into {@code head -1} would run to its end. What comes after the failure is dropped.
 */
final class ResultOutput extends OutputStream {
    private final OutputStream target;
    private boolean lost;

    /** The results cannot be written. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost(IOException cause) {
            super("Cannot write the results: " + cause.getMessage(), cause);
        }

        /** Whether who reads them has seen enough, which is no error of anybody's. */
        boolean isBrokenPipe() {
            return String.valueOf(getMessage()).contains("Broken pipe");
        }
    }

    ResultOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (lost) {
            return;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            lost = true;
            throw new Lost(e);
        }
    }

    @Override
    public void flush() {
        if (lost) {
            return;
        }
        try {
            target.flush();
        } catch (IOException e) {
            lost = true;
            throw new Lost(e);
        }
    }
}
