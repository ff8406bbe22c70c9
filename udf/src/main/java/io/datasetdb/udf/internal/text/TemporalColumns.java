// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import io.datasetdb.vector.DataType;

/** The date and time columns behind {@link TextColumn}. */
final class TemporalColumns {
    private TemporalColumns() {}

    static final class Dates extends NumberColumns.IntForm {
        private final TemporalParser temporals = new TemporalParser();

        Dates(DataType type) {
            super(type);
        }

        @Override
        boolean parse(int index, byte[] data, int from, int to) {
            int start = skipSpaces(data, from, to);
            boolean parsed = temporals.parseDate(data, start, dropSpaces(data, start, to));
            values[index] = temporals.epochDay();
            return parsed;
        }
    }

    static final class Times extends NumberColumns.LongForm {
        private final TemporalParser temporals = new TemporalParser();

        Times(DataType type) {
            super(type);
        }

        @Override
        boolean parse(int index, byte[] data, int from, int to) {
            int start = skipSpaces(data, from, to);
            boolean parsed = temporals.parseTime(data, start, dropSpaces(data, start, to));
            values[index] = temporals.microsOfDay();
            return parsed;
        }
    }

    /** TIMESTAMP takes no zone; TIMESTAMP_LTZ takes a timestamp without one as UTC if that is what the user declared. */
    static final class Timestamps extends NumberColumns.LongForm {
        private final TemporalParser temporals = new TemporalParser();
        private final boolean takesZone;
        private final boolean needsZone;

        Timestamps(DataType type, Trust trust) {
            super(type);
            takesZone = type.kind() == DataType.Kind.TIMESTAMP_LTZ;
            needsZone = takesZone && trust == Trust.GUESSED;
        }

        @Override
        boolean parse(int index, byte[] data, int from, int to) {
            int start = skipSpaces(data, from, to);
            boolean parsed = temporals.parseTimestamp(data, start, dropSpaces(data, start, to));
            values[index] = temporals.epochMicros();
            return parsed && (temporals.isZoned() ? takesZone : !needsZone);
        }
    }
}
