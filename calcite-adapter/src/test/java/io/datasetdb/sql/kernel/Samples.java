// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Random values of every type: many small and equal ones, limits, and what tends to break. */
public final class Samples {
    private static final String[] TEXTS = {
        "",
        "a",
        "ab",
        "abc",
        "ABC",
        " x ",
        "%",
        "_",
        "a%b",
        "é",
        "éa",
        "日本語",
        "😀",
        "a😀b",
        "12",
        "-7",
        "2.5",
        "1e3",
        "true",
        "2024-02-29",
        "1500-01-01 10:11:12.5",
        "NaN",
        "x_y%z",
        "\u0130",
        "ß"
    };

    private Samples() {}

    public static Vector column(DataType type, int size, Random random) {
        VectorBuilder builder = VectorBuilder.of(type, size);
        boolean nulls = random.nextInt(3) > 0;
        for (int i = 0; i < size; i++) {
            builder.append(nulls && random.nextInt(5) == 0 ? null : value(type, random));
        }
        return builder.build();
    }

    public static Object value(DataType type, Random random) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) whole(random, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> (short) whole(random, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) whole(random, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(random, Long.MIN_VALUE, Long.MAX_VALUE);
            case REAL -> (float) floating(random);
            case DOUBLE -> floating(random);
            case DECIMAL -> decimal((DataType.Decimal) type, random);
            case VARCHAR -> TEXTS[random.nextInt(TEXTS.length)];
            case VARBINARY -> TEXTS[random.nextInt(TEXTS.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case DATE -> date(random);
            case TIME ->
                LocalTime.ofNanoOfDay(
                        random.nextInt(86_400) * 1_000_000_000L + random.nextInt(3) * 500_001_000L % 1_000_000_000L);
            case TIMESTAMP ->
                date(random)
                        .atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(3) * 1_000);
            case TIMESTAMP_LTZ -> date(random).atTime(random.nextInt(24), 0).toInstant(ZoneOffset.UTC);
            case UUID -> new UUID(whole(random, Long.MIN_VALUE, Long.MAX_VALUE), random.nextInt(2));
            case INTERVAL_MONTH -> Period.ofMonths(random.nextInt(50) - 25);
            case INTERVAL_DAY -> Duration.ofSeconds(random.nextInt(400_000) - 200_000, random.nextInt(3) * 1000);
            case ARRAY -> array(((DataType.Array) type).element(), random);
            case MAP -> map((DataType.Map) type, random);
            case ROW -> row((DataType.Row) type, random);
            case NULL -> throw new IllegalArgumentException("no values");
        };
    }

    private static long whole(Random random, long min, long max) {
        return switch (random.nextInt(12)) {
            case 0 -> min;
            case 1 -> max;
            case 2 -> Math.max(min, Math.min(max, random.nextLong()));
            default -> random.nextInt(9) - 4;
        };
    }

    private static double floating(Random random) {
        double[] special = {
            0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, 2.5, -2.5, 0.1
        };
        return random.nextInt(3) == 0 ? special[random.nextInt(special.length)] : (random.nextInt(41) - 20) / 4.0;
    }

    private static BigDecimal decimal(DataType.Decimal type, Random random) {
        int digits = random.nextInt(4) == 0 ? type.precision() : Math.min(3, type.precision());
        BigInteger unscaled = new BigInteger(digits * 3, random).mod(BigInteger.TEN.pow(digits));
        return new BigDecimal(random.nextBoolean() ? unscaled.negate() : unscaled, type.scale());
    }

    private static LocalDate date(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> LocalDate.of(-1 + random.nextInt(3), 1 + random.nextInt(12), 1);
            case 1 -> LocalDate.of(1582, 10, 1 + random.nextInt(31));
            case 2 -> LocalDate.of(9999, 12, 31);
            default -> LocalDate.of(2024, 2, 26).plusDays(random.nextInt(10));
        };
    }

    private static List<@Nullable Object> array(DataType element, Random random) {
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            result.add(random.nextInt(4) == 0 ? null : value(element, random));
        }
        return result;
    }

    private static Map<Object, @Nullable Object> map(DataType.Map type, Random random) {
        Map<Object, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            result.put(value(type.key(), random), random.nextInt(4) == 0 ? null : value(type.value(), random));
        }
        return result;
    }

    private static List<@Nullable Object> row(DataType.Row type, Random random) {
        List<@Nullable Object> result = new ArrayList<>();
        for (Field field : type.fields()) {
            result.add(random.nextInt(4) == 0 ? null : value(field.type(), random));
        }
        return result;
    }
}
