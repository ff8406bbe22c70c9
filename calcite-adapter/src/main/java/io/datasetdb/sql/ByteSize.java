// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as text: KB, MB, GB, TB are powers of 1000 and KiB, MiB, GiB, TiB of 1024, as in DuckDB. */
public final class ByteSize {
    private static final Pattern SIZE =
            Pattern.compile("\\s*([0-9]{1,18}(?:\\.[0-9]{1,18})?)\\s*([KMGT]?)(I?)B\\s*", Pattern.CASE_INSENSITIVE);

    private static final List<String> POWERS = List.of("", "K", "M", "G", "T");

    private ByteSize() {}

    /** The number of whole bytes; empty if the text is no size, or one of less than a byte or more than a {@code long}. */
    static OptionalLong parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()
                || !matcher.group(3).isEmpty() && matcher.group(2).isEmpty()) {
            return OptionalLong.empty();
        }
        int power = POWERS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT));
        BigDecimal unit =
                BigDecimal.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024).pow(power);
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit).setScale(0, RoundingMode.DOWN);
        boolean fits = bytes.signum() > 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return fits ? OptionalLong.of(bytes.longValueExact()) : OptionalLong.empty();
    }

    /** In the largest unit of 1024 that leaves at least 1, with one digit behind the point: {@code 488.2 MiB}. */
    public static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = Math.min((63 - Long.numberOfLeadingZeros(bytes)) / 10, POWERS.size() - 1);
        BigDecimal amount =
                BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1L << (10 * power)), 1, RoundingMode.DOWN);
        return amount + " " + POWERS.get(power) + "iB";
    }
}
