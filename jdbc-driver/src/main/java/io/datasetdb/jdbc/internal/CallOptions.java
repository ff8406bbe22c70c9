// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

/**
 * What a statement asks for beyond what Avatica's messages can say.
 *
 * @param timeoutMillis how long it may run, 0 for no limit
 * @param fetchRows how many rows a frame should have at least, 0 for the server's choice
 * @param maxRows how many rows the result may have, 0 for no limit
 */
public record CallOptions(long timeoutMillis, int fetchRows, long maxRows) {
    /** No limits. */
    public static final CallOptions NONE = new CallOptions(0, 0, 0);
}
