// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

/** Decides who may connect. */
public interface Authenticator {
    /** Everybody may, as whoever they say they are; for a machine of one's own. */
    Authenticator EVERYBODY = new Authenticator() {
        @Override
        public boolean accepts(String user, String password) {
            return true;
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    };

    /** Whether this user has this password. */
    boolean accepts(String user, String password);

    /** Whether anybody is let in. */
    default boolean isOpen() {
        return false;
    }
}
