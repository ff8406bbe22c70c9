// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import java.util.ArrayList;
import java.util.List;

/** Every aggregate function that DuckDB has, too, in every form in which it can be called, over {@link OracleData}. */
final class AggregateQueries {
    private static final List<String> FUNCTIONS = List.of(
            "count(*)",
            "count(a.x)",
            "count(DISTINCT a.s)",
            "sum(a.x)",
            "sum(DISTINCT a.g)",
            "sum(a.m)",
            "avg(a.x)",
            "avg(a.m)",
            "min(a.m)",
            "max(a.dt)",
            "var_pop(a.m)",
            "var_samp(a.d)",
            "stddev_pop(a.x)",
            "stddev_samp(a.d)",
            "covar_pop(a.d, a.m)",
            "covar_samp(a.d, a.m)",
            "regr_count(a.d, a.m)",
            "regr_sxx(a.d, a.m)",
            "bit_and(a.id)",
            "bit_or(a.id)",
            "bit_xor(a.id)",
            "bool_and(a.b)",
            "bool_or(a.b)",
            "median(a.d)",
            "median(a.x)",
            "quantile_cont(a.d, 0.3)",
            "quantile_disc(a.x, 0.3)",
            "arg_max(a.id, a.x)",
            "arg_min(a.id, a.m)",
            "max_by(a.s, a.id)",
            "mean(a.d)");

    private static final List<String> ORDERED = List.of(
            "percentile_cont(0.4) WITHIN GROUP (ORDER BY a.d)",
            "percentile_cont(0.4) WITHIN GROUP (ORDER BY a.x DESC)",
            "percentile_disc(0.4) WITHIN GROUP (ORDER BY a.m)",
            "string_agg(a.s, ';' ORDER BY a.id)",
            "string_agg(DISTINCT a.s, ';' ORDER BY a.s)");

    private static final List<String> FORMS = List.of(
            "SELECT f AS r FROM t1 a",
            "SELECT f AS r, coalesce(CAST(f AS VARCHAR), 'none') = 'none' AS n FROM t1 a WHERE a.id < 0",
            "SELECT f AS r, f IS NULL AS n FROM t1 a WHERE a.x IS NULL AND a.m IS NULL",
            "SELECT a.g, f FILTER (WHERE a.id > 390) AS r, f FILTER (WHERE a.id > 390) IS NULL AS n FROM t1 a GROUP BY a.g",
            "SELECT a.id, f AS r, f IS NULL AS n FROM t1 a GROUP BY a.id",
            "SELECT a.g, a.b, f AS r, grouping(a.g, a.b) AS i FROM t1 a GROUP BY GROUPING SETS ((a.g), (a.b), ())",
            "SELECT a.g, a.b, f AS r FROM t1 a GROUP BY CUBE(a.g, a.b)");

    private static final List<String> WINDOWS = List.of(
            "OVER (PARTITION BY a.g)",
            "OVER (PARTITION BY a.g ORDER BY a.id)",
            "OVER (ORDER BY a.id ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING)",
            "OVER (PARTITION BY a.b ORDER BY a.id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW)");

    private AggregateQueries() {}

    static List<String> all() {
        List<String> result = new ArrayList<>();
        for (String form : FORMS) {
            FUNCTIONS.forEach(function -> result.add(form.replace("f ", function + " ")));
            ORDERED.forEach(function -> result.add(form.replace("f ", function + " ")));
        }
        for (String window : WINDOWS) {
            for (String function : FUNCTIONS) {
                if (!isStatistic(function)) {
                    result.add("SELECT a.id, " + function + " " + window + " AS r FROM t1 a");
                }
                result.add("SELECT a.id, coalesce(CAST(" + function + " FILTER (WHERE a.id > 200) " + window
                        + " AS VARCHAR), 'none') = 'none' AS r FROM t1 a");
            }
        }
        return result;
    }

    /** Whose last digits depend on the order in which a frame is summed up. */
    private static boolean isStatistic(String function) {
        return function.startsWith("var_")
                || function.startsWith("stddev_")
                || function.startsWith("covar_")
                || function.startsWith("regr_s");
    }
}
