// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Points in time as the tables keep them: microseconds since 1970-01-01 00:00:00 UTC. */
public final class Times {
    private static final long SECOND = 1_000_000L;
    private static final int NANOS = 1_000;

    private Times() {}

    public static long now() {
        return micros(Instant.now());
    }

    /** Parts of a microsecond are cut off; what lies beyond all times that can be kept becomes the last, or the first. */
    public static long micros(Instant time) {
        // ChronoUnit.MICROS.between goes through nanoseconds on older JDKs, which end in the year 2262.
        long seconds = time.getEpochSecond();
        if (seconds >= Long.MAX_VALUE / SECOND) {
            return Long.MAX_VALUE;
        }
        if (seconds <= Long.MIN_VALUE / SECOND) {
            return Long.MIN_VALUE;
        }
        return seconds * SECOND + time.getNano() / NANOS;
    }

    public static long micros(LocalDateTime time) {
        return micros(time.toInstant(ZoneOffset.UTC));
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    public static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : instant(micros.longValue());
    }
}
