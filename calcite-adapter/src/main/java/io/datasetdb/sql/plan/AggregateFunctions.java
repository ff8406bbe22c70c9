// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.aggregate.Aggregator;
import io.datasetdb.sql.exec.aggregate.GroupingFunction;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.aggregate.UserAggregate;
import io.datasetdb.sql.function.AggregateOperators;
import io.datasetdb.sql.schema.AggregateFunctionOperator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlOperator;

/** Calcite's aggregate functions as ours, by name: several kinds share one of its SqlKinds, several names one of ours. */
final class AggregateFunctions {
    private static final Map<String, Aggregator> BY_NAME = byName();

    private AggregateFunctions() {}

    private static Map<String, Aggregator> byName() {
        Map<String, Aggregator> result = new HashMap<>();
        for (StandardAggregate function : StandardAggregate.values()) {
            result.put(function.name(), function);
        }
        for (GroupingFunction function : GroupingFunction.values()) {
            result.put(function.name(), function);
        }
        result.put("$SUM0", StandardAggregate.SUM0);
        result.put("STDDEV", StandardAggregate.STDDEV_SAMP);
        result.put("VARIANCE", StandardAggregate.VAR_SAMP);
        result.put("BOOL_AND", StandardAggregate.EVERY);
        result.put("LOGICAL_AND", StandardAggregate.EVERY);
        result.put("BOOL_OR", StandardAggregate.SOME);
        result.put("LOGICAL_OR", StandardAggregate.SOME);
        result.put("ANY", StandardAggregate.SOME);
        result.put("BITAND_AGG", StandardAggregate.BIT_AND);
        result.put("BITOR_AGG", StandardAggregate.BIT_OR);
        result.put("STRING_AGG", StandardAggregate.LISTAGG);
        result.put("GROUP_CONCAT", StandardAggregate.LISTAGG);
        result.put("BOOLAND_AGG", StandardAggregate.EVERY);
        result.put("BOOLOR_AGG", StandardAggregate.SOME);
        result.put("QUANTILE", StandardAggregate.QUANTILE_DISC);
        result.put("APPROX_QUANTILE", StandardAggregate.QUANTILE_DISC);
        result.put("APPROX_PERCENTILE", StandardAggregate.QUANTILE_DISC);
        result.put("GEOMEAN", StandardAggregate.GEOMETRIC_MEAN);
        result.putAll(AggregateOperators.jsonForms());
        result.put("ARRAY_CONCAT_AGG", StandardAggregate.FUSION);
        result.put("MAX_BY", StandardAggregate.ARG_MAX);
        result.put("MIN_BY", StandardAggregate.ARG_MIN);
        result.put("REGR_COUNT", StandardAggregate.REGR_COUNT);
        return Map.copyOf(result);
    }

    /** Our function; fails with {@link SqlError#UNSUPPORTED} if there is none. */
    static Aggregator of(SqlOperator operator) {
        if (operator instanceof AggregateFunctionOperator user) {
            return new UserAggregate(user.function());
        }
        Aggregator function = BY_NAME.get(operator.getName().toUpperCase(Locale.ROOT));
        if (function == null) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot call " + operator.getName() + ": this aggregate function is not supported");
        }
        return function;
    }
}
