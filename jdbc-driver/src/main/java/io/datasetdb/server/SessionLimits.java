// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import java.time.Duration;

/**
 * What clients may keep open.
 *
 * @param connections how many connections there may be at a time
 * @param statements how many statements a connection may have
 * @param idle after how long an unused connection is closed
 * @param lease after how long a running statement is cancelled whose client does not ask for its rows any more
 */
public record SessionLimits(int connections, int statements, Duration idle, Duration lease) {
    /** For a server. */
    public static final SessionLimits SERVER =
            new SessionLimits(500, 1_000, Duration.ofMinutes(60), Duration.ofMinutes(5));

    /** In process, where forgetting to close is the program's own business. */
    static final SessionLimits NONE =
            new SessionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofDays(9_999), Duration.ofDays(9_999));
}
