// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Aggregate functions computed the plain way, from lists of rows of objects. */
final class NaiveAggregates {
    private NaiveAggregates() {}

    /** The result of a call for the rows of one group, in order. */
    static Object compute(AggregateCall call, List<List<Object>> group) {
        List<List<Object>> rows = new ArrayList<>(group);
        if (call.filter() >= 0) {
            rows.removeIf(row -> !Boolean.TRUE.equals(row.get(call.filter())));
        }
        if (!call.ordering().isEmpty()) {
            rows.sort(comparator(call.ordering()));
        }
        StandardAggregate function = (StandardAggregate) call.function();
        List<Integer> ordinals = new ArrayList<>();
        for (int argument : call.arguments()) {
            ordinals.add(argument);
        }
        List<List<Object>> arguments = new ArrayList<>();
        for (List<Object> row : rows) {
            List<Object> values = new ArrayList<>();
            ordinals.forEach(ordinal -> values.add(row.get(ordinal)));
            arguments.add(values);
        }
        if (call.distinct()) {
            Map<String, List<Object>> distinct = new LinkedHashMap<>();
            arguments.forEach(values -> distinct.putIfAbsent(Table.canonical(values), values));
            arguments = new ArrayList<>(distinct.values());
        }
        return function(function, arguments, call.type());
    }

    static Comparator<List<Object>> comparator(List<SortKey> keys) {
        return (a, b) -> {
            for (SortKey key : keys) {
                int order = compare(a.get(key.ordinal()), b.get(key.ordinal()), key);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static int compare(Object a, Object b, SortKey key) {
        if (a == null || b == null) {
            int order = a == b ? 0 : a == null ? -1 : 1;
            return key.nullsFirst() ? order : -order;
        }
        int order = compareValues(a, b);
        return key.ascending() ? order : -order;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compareValues(Object a, Object b) {
        if (a instanceof Double x) {
            return Double.compare(x + 0.0, (Double) b + 0.0);
        }
        if (a instanceof Float x) {
            return Float.compare(x + 0.0f, (Float) b + 0.0f);
        }
        if (a instanceof byte[] x) {
            return java.util.Arrays.compareUnsigned(x, (byte[]) b);
        }
        if (a instanceof String x) {
            return java.util.Arrays.compareUnsigned(
                    x.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    ((String) b).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        if (a instanceof java.util.UUID x) {
            java.util.UUID y = (java.util.UUID) b;
            int high = Long.compareUnsigned(x.getMostSignificantBits(), y.getMostSignificantBits());
            return high != 0 ? high : Long.compareUnsigned(x.getLeastSignificantBits(), y.getLeastSignificantBits());
        }
        if (a instanceof java.time.Period x) {
            return Long.compare(x.toTotalMonths(), ((java.time.Period) b).toTotalMonths());
        }
        if (a instanceof List<?> x) {
            List<?> y = (List<?>) b;
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                int order = compare(x.get(i), y.get(i), new SortKey(0, true, false));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        return ((Comparable) a).compareTo(b);
    }

    private static Object function(StandardAggregate function, List<List<Object>> all, DataType type) {
        List<List<Object>> filled = all.stream()
                .filter(row -> row.stream().allMatch(Objects::nonNull))
                .toList();
        List<Object> values = filled.stream()
                .filter(row -> !row.isEmpty())
                .map(row -> row.get(0))
                .collect(Collectors.toList());
        return switch (function) {
            case COUNT -> (long) filled.size();
            case APPROX_COUNT_DISTINCT ->
                filled.stream().map(Table::canonical).distinct().count();
            case SUM -> values.isEmpty() ? null : sum(values, type);
            case SUM0 -> values.isEmpty() ? zero(type) : sum(values, type);
            case AVG -> values.isEmpty() ? null : average(values, type);
            case MIN -> fold(values, (a, b) -> compareValues(b, a) < 0 ? b : a);
            case MAX -> fold(values, (a, b) -> compareValues(b, a) > 0 ? b : a);
            case ANY_VALUE, LITERAL_AGG -> values.isEmpty() ? null : values.get(0);
            case FIRST_VALUE, SINGLE_VALUE -> all.isEmpty() ? null : all.get(0).get(0);
            case LAST_VALUE -> all.isEmpty() ? null : all.get(all.size() - 1).get(0);
            case BIT_AND -> fold(values, (a, b) -> bits(a, number(a) & number(b)));
            case BIT_OR -> fold(values, (a, b) -> bits(a, number(a) | number(b)));
            case BIT_XOR -> fold(values, (a, b) -> bits(a, number(a) ^ number(b)));
            case EVERY -> values.isEmpty() ? null : !values.contains(false);
            case SOME -> values.isEmpty() ? null : values.contains(true);
            case COUNTIF -> values.stream().filter(Boolean.TRUE::equals).count();
            case ARRAY_AGG -> all.isEmpty() ? null : first(all);
            case COLLECT -> first(all);
            case FUSION ->
                all.isEmpty()
                        ? null
                        : values.stream()
                                .flatMap(list -> ((List<?>) list).stream())
                                .collect(Collectors.toList());
            case LISTAGG -> joined(all);
            case MODE -> mode(values);
            case ARG_MAX -> argument(filled, 1);
            case ARG_MIN -> argument(filled, -1);
            case MEDIAN -> percentile(sorted(values, 1), 0.5, true);
            case QUANTILE_CONT -> percentile(sorted(values, 1), fraction(filled), true);
            case QUANTILE_CONT_DESCENDING -> percentile(sorted(values, -1), fraction(filled), true);
            case QUANTILE_DISC -> percentile(sorted(values, 1), fraction(filled), false);
            case QUANTILE_DISC_DESCENDING -> percentile(sorted(values, -1), fraction(filled), false);
            case INTERSECTION -> values.isEmpty() ? null : intersection(values);
            case PRODUCT -> values.isEmpty() ? null : product(values);
            case GEOMETRIC_MEAN -> values.isEmpty() ? null : geometricMean(values);
            case SKEWNESS, KURTOSIS, KURTOSIS_POP -> shape(function, values);
            case MAP_AGG, HISTOGRAM -> throw new IllegalStateException("not compared: " + function);
            case STDDEV_POP,
                    STDDEV_SAMP,
                    VAR_POP,
                    VAR_SAMP,
                    COVAR_POP,
                    COVAR_SAMP,
                    CORR,
                    REGR_COUNT,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2 -> statistic(function, filled);
        };
    }

    private static List<Object> first(List<List<Object>> rows) {
        List<Object> result = new ArrayList<>();
        rows.forEach(row -> result.add(row.get(0)));
        return result;
    }

    private static List<Object> sorted(List<Object> values, int sign) {
        return values.stream().sorted((a, b) -> sign * compareValues(a, b)).toList();
    }

    private static double fraction(List<List<Object>> rows) {
        return rows.isEmpty() ? 0 : ((Number) rows.get(0).get(1)).doubleValue();
    }

    private static List<Object> intersection(List<Object> lists) {
        List<Object> result = new ArrayList<>((List<?>) lists.get(0));
        List<Object> order = result.stream().distinct().toList();
        for (Object list : lists) {
            List<Object> left = new ArrayList<>((List<?>) list);
            result.removeIf(value -> !left.remove(value));
        }
        result.sort(Comparator.comparing(order::indexOf));
        return result;
    }

    private static Double shape(StandardAggregate function, List<Object> values) {
        double n = values.size();
        double mean =
                values.stream().mapToDouble(v -> ((Number) v).doubleValue()).sum() / n;
        double[] sums = new double[5];
        for (Object value : values) {
            for (int power = 2; power <= 4; power++) {
                sums[power] += Math.pow(((Number) value).doubleValue() - mean, power);
            }
        }
        int least = function == StandardAggregate.SKEWNESS ? 3 : function == StandardAggregate.KURTOSIS ? 4 : 2;
        if (n < least || values.stream().distinct().count() < 2) {
            return null;
        }
        double variance = sums[2] / n;
        double excess = sums[4] / n / (variance * variance) - 3;
        return switch (function) {
            case SKEWNESS -> sums[3] / n / Math.pow(variance, 1.5) * Math.sqrt(n * (n - 1)) / (n - 2);
            case KURTOSIS -> (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6);
            default -> excess;
        };
    }

    private static double product(List<Object> values) {
        double product = 1;
        for (Object value : values) {
            product *= ((Number) value).doubleValue();
        }
        return product;
    }

    private static double geometricMean(List<Object> values) {
        return Math.exp(values.stream()
                .mapToDouble(value -> Math.log(((Number) value).doubleValue()))
                .average()
                .orElseThrow());
    }

    private static Object percentile(List<Object> sorted, double fraction, boolean continuous) {
        if (sorted.isEmpty()) {
            return null;
        }
        if (!continuous) {
            return sorted.get((int) Math.max(0, Math.ceil(fraction * sorted.size()) - 1));
        }
        double place = fraction * (sorted.size() - 1);
        int below = (int) place;
        double low = ((Number) sorted.get(below)).doubleValue();
        return place == below ? low : low + (((Number) sorted.get(below + 1)).doubleValue() - low) * (place - below);
    }

    private static Object joined(List<List<Object>> rows) {
        StringBuilder text = null;
        for (List<Object> row : rows) {
            if (row.get(0) != null) {
                String separator = row.size() < 2 ? "," : row.get(1) == null ? "" : (String) row.get(1);
                text = text == null ? new StringBuilder() : text.append(separator);
                text.append(row.get(0));
            }
        }
        return text == null ? null : text.toString();
    }

    private static Object mode(List<Object> values) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.merge(Table.canonical(value), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return values.stream()
                .filter(value -> counts.get(Table.canonical(value)) == most)
                .findFirst()
                .orElse(null);
    }

    private static Object argument(List<List<Object>> rows, int sign) {
        List<Object> best = null;
        for (List<Object> row : rows) {
            if (best == null || compareValues(row.get(1), best.get(1)) * sign > 0) {
                best = row;
            }
        }
        return best == null ? null : best.get(0);
    }

    private static Object fold(List<Object> values, BinaryOperator<Object> operator) {
        return values.stream().reduce(operator).orElse(null);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static Object bits(Object like, long bits) {
        return like instanceof Integer ? (Object) (int) bits : (Object) bits;
    }

    private static BigDecimal exact(List<Object> values) {
        return values.stream()
                .map(value -> value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number(value)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean isDouble(Object value) {
        return value instanceof Double || value instanceof Float;
    }

    private static Object sum(List<Object> values, DataType type) {
        if (isDouble(values.get(0))) {
            return values.stream()
                    .mapToDouble(value -> ((Number) value).doubleValue())
                    .sum();
        }
        return converted(exact(values), type);
    }

    private static Object zero(DataType type) {
        return type.kind() == DataType.Kind.DOUBLE ? (Object) 0.0 : converted(BigDecimal.ZERO, type);
    }

    private static Object converted(BigDecimal value, DataType type) {
        return switch (type.kind()) {
            case BIGINT -> value.longValueExact();
            case INTEGER -> value.intValueExact();
            case DECIMAL -> value.setScale(((DataType.Decimal) type).scale(), RoundingMode.UNNECESSARY);
            case DOUBLE -> value.doubleValue();
            default -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static Object average(List<Object> values, DataType type) {
        if (isDouble(values.get(0))) {
            return values.stream()
                            .mapToDouble(value -> ((Number) value).doubleValue())
                            .sum()
                    / values.size();
        }
        BigDecimal count = BigDecimal.valueOf(values.size());
        return switch (type.kind()) {
            case DOUBLE -> exact(values).doubleValue() / values.size();
            case DECIMAL -> exact(values).divide(count, ((DataType.Decimal) type).scale(), RoundingMode.HALF_UP);
            case INTEGER -> exact(values).divide(count, 0, RoundingMode.DOWN).intValueExact();
            default -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static Object statistic(StandardAggregate function, List<List<Object>> rows) {
        int n = rows.size();
        double[] y = rows.stream()
                .mapToDouble(row -> ((Number) row.get(0)).doubleValue())
                .toArray();
        double[] x = rows.stream()
                .mapToDouble(row -> ((Number) row.get(row.size() - 1)).doubleValue())
                .toArray();
        double meanY = java.util.Arrays.stream(y).sum() / n;
        double meanX = java.util.Arrays.stream(x).sum() / n;
        double syy = 0;
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            syy += (y[i] - meanY) * (y[i] - meanY);
            sxx += (x[i] - meanX) * (x[i] - meanX);
            sxy += (x[i] - meanX) * (y[i] - meanY);
        }
        Double slope = n == 0 || sxx == 0 ? null : (Double) (sxy / sxx);
        return switch (function) {
            case VAR_POP -> n == 0 ? null : syy / n;
            case VAR_SAMP -> n < 2 ? null : syy / (n - 1);
            case STDDEV_POP -> n == 0 ? null : Math.sqrt(syy / n);
            case STDDEV_SAMP -> n < 2 ? null : Math.sqrt(syy / (n - 1));
            case COVAR_POP -> n == 0 ? null : sxy / n;
            case COVAR_SAMP -> n < 2 ? null : sxy / (n - 1);
            case CORR -> slope == null || syy == 0 ? null : sxy / Math.sqrt(sxx * syy);
            case REGR_COUNT -> (long) n;
            case REGR_AVGX -> n == 0 ? null : meanX;
            case REGR_AVGY -> n == 0 ? null : meanY;
            case REGR_SXX -> n == 0 ? null : sxx;
            case REGR_SYY -> n == 0 ? null : syy;
            case REGR_SXY -> n == 0 ? null : sxy;
            case REGR_SLOPE -> slope;
            case REGR_INTERCEPT -> slope == null ? null : (Object) (meanY - slope * meanX);
            case REGR_R2 -> slope == null ? null : syy == 0 ? 1.0 : sxy * sxy / (sxx * syy);
            default -> throw new IllegalArgumentException(function.name());
        };
    }

    /** Whether two results are the same, but for rounding of DOUBLEs. */
    static boolean close(Object actual, Object expected) {
        if (actual instanceof Number a && expected instanceof Number b && (isDouble(a) || isDouble(b))) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return Double.compare(x + 0.0, y + 0.0) == 0
                    || Math.abs(x - y) <= 1e-9 * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
        }
        return Table.canonical(actual).equals(Table.canonical(expected));
    }
}
