// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.lang.reflect.InvocationTargetException;

/** Whether a person sits at the other end. */
final class Console {
    private Console() {}

    /** Whether stderr is a terminal, which only the launcher knows. */
    static boolean showsErrors() {
        return "terminal".equals(System.getProperty("datasetdb.stderr"));
    }

    /** Whether stdin is a terminal. The launcher knows, since Java can tell only if stdout is one too. */
    static boolean isInteractive() {
        String told = System.getProperty("datasetdb.stdin");
        if (told != null) {
            return told.equals("terminal");
        }
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is always a console, which then can say.
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
