// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.RowFunction;
import io.datasetdb.vector.DataType;
import java.util.Arrays;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Texts with values put in; NULL where the text is, and where a value is. */
public final class Formats {
    private Formats() {}

    /** {@code printf('%d of %s', 1, 'x')}, as Java's formatter has it. */
    public static Expression printf(List<Expression> arguments) {
        return RowFunction.of("printf", arguments, DataType.VARCHAR, values -> {
            String format = format(values);
            try {
                return format == null
                        ? null
                        : String.format(Locale.ROOT, format, Arrays.copyOfRange(values, 1, values.length));
            } catch (IllegalFormatException e) {
                throw bad(format, "it does not fit its arguments, or is no format");
            }
        });
    }

    /** {@code format('{} of {}', 1, 'x')}: each pair of braces is the next value; {@code {{} and {@code }}} are braces. */
    public static Expression braces(List<Expression> arguments) {
        return RowFunction.of("format", arguments, DataType.VARCHAR, values -> {
            String format = format(values);
            return format == null ? null : filled(format, values);
        });
    }

    private static @Nullable String format(@Nullable Object[] values) {
        return Arrays.stream(values).allMatch(Objects::nonNull) ? (String) values[0] : null;
    }

    private static String filled(String format, @Nullable Object[] values) {
        StringBuilder out = new StringBuilder();
        int next = 1;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            char following = i + 1 < format.length() ? format.charAt(i + 1) : ' ';
            if (c == '{' && following == '}') {
                if (next >= values.length) {
                    throw bad(format, "it has more places than there are values");
                }
                out.append(values[next++]);
                i++;
            } else if (c == '{' || c == '}') {
                if (following != c) {
                    throw bad(format, "only {} stands for a value here");
                }
                out.append(c);
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static DatasetDbException bad(@Nullable String format, String reason) {
        return new DatasetDbException(
                KernelError.INVALID_ARGUMENT, "Cannot use the format '" + format + "': " + reason);
    }
}
