// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits. */
public final class TimeOrderedUuid {
    private final SecureRandom random = new SecureRandom();

    public UUID next() {
        long high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
