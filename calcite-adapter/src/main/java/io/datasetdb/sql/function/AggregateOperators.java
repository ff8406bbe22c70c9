// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import io.datasetdb.sql.exec.aggregate.JsonAggregate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Optionality;

/**
 * Aggregate and window functions that take the place of Calcite's of the same name, or that it lacks.
 *
 * <p>Each of them yields NULL for a group that is empty or holds too few values. Calcite types several as NOT NULL all the
 * same, and then folds {@code COALESCE(f(x), 0)} to {@code f(x)} and {@code f(x) IS NULL} to FALSE; here all are nullable.
 */
public final class AggregateOperators {
    /** {@code QUANTILE_CONT(value, fraction)}, what PERCENTILE_CONT is rewritten to. */
    public static final SqlAggFunction QUANTILE_CONT = quantile("QUANTILE_CONT", true);

    /** As {@link #QUANTILE_CONT}, counted from the greatest value. */
    public static final SqlAggFunction QUANTILE_CONT_DESCENDING = quantile("QUANTILE_CONT_DESCENDING", true);

    /** {@code QUANTILE_DISC(value, fraction)}, what PERCENTILE_DISC is rewritten to. */
    public static final SqlAggFunction QUANTILE_DISC = quantile("QUANTILE_DISC", false);

    /** As {@link #QUANTILE_DISC}, counted from the greatest value. */
    public static final SqlAggFunction QUANTILE_DISC_DESCENDING = quantile("QUANTILE_DISC_DESCENDING", false);

    /** The commonest value. */
    public static final SqlAggFunction MODE = aggregate("MODE", SqlKind.MODE, ReturnTypes.ARG0, OperandTypes.ANY);

    private static final SqlOperandTypeChecker COLLECTION = OperandTypes.ARRAY.or(OperandTypes.MULTISET);

    /** {@code ARRAY_AGG(value [ORDER BY …])}. */
    public static final SqlAggFunction ARRAY_AGG =
            ordered("ARRAY_AGG", ReturnTypes.TO_ARRAY, OperandTypes.ANY).withAllowsNullTreatment(true);

    /** {@code ARRAY_CONCAT_AGG(array [ORDER BY …])}. */
    public static final SqlAggFunction ARRAY_CONCAT_AGG = ordered("ARRAY_CONCAT_AGG", ReturnTypes.ARG0, COLLECTION);

    /** The value of the first row, of a group or of a window's frame. */
    public static final SqlAggFunction FIRST_VALUE = picked(SqlKind.FIRST_VALUE);

    /** The value of the last row, of a group or of a window's frame. */
    public static final SqlAggFunction LAST_VALUE = picked(SqlKind.LAST_VALUE);

    private static final SqlOperandTypeChecker STRING_AGG_OPERANDS = OperandTypes.STRING.or(OperandTypes.STRING_STRING);

    /** {@code STRING_AGG(text [, separator] [ORDER BY …])}, what GROUP_CONCAT is rewritten to. */
    public static final SqlAggFunction STRING_AGG =
            ordered("STRING_AGG", AggregateOperators::text, STRING_AGG_OPERANDS);

    private static final Map<JsonAggregate, SqlAggFunction> JSON = json();

    private AggregateOperators() {}

    /** JSON_ARRAYAGG or JSON_OBJECTAGG in one of its forms. */
    public static SqlAggFunction json(JsonAggregate form) {
        return java.util.Objects.requireNonNull(JSON.get(form));
    }

    /** The forms of JSON_ARRAYAGG and JSON_OBJECTAGG by the names of their operators. */
    public static Map<String, JsonAggregate> jsonForms() {
        Map<String, JsonAggregate> result = new LinkedHashMap<>();
        JSON.forEach((form, operator) -> result.put(operator.getName(), form));
        return result;
    }

    /** All of them. */
    public static List<SqlOperator> all() {
        List<SqlOperator> all = new ArrayList<>(
                List.of(QUANTILE_CONT, QUANTILE_CONT_DESCENDING, QUANTILE_DISC, QUANTILE_DISC_DESCENDING, MODE));
        all.add(quantile("QUANTILE", false));
        all.add(quantile("APPROX_QUANTILE", false));
        all.add(quantile("APPROX_PERCENTILE", false));
        all.add(aggregate(
                "MEDIAN",
                SqlKind.OTHER_FUNCTION,
                AggregateOperators::interpolated,
                OperandTypes.NUMERIC.or(OperandTypes.DATETIME).or(OperandTypes.INTERVAL)));
        for (SqlKind kind : List.of(SqlKind.STDDEV_SAMP, SqlKind.STDDEV_POP, SqlKind.VAR_SAMP, SqlKind.VAR_POP)) {
            all.add(deviation(kind.name(), kind));
        }
        all.add(deviation("STDDEV", SqlKind.STDDEV_SAMP));
        all.add(deviation("VARIANCE", SqlKind.VAR_SAMP));
        for (SqlKind kind : List.of(SqlKind.COVAR_POP, SqlKind.COVAR_SAMP, SqlKind.REGR_SXX, SqlKind.REGR_SYY)) {
            all.add(aggregate(kind.name(), kind, ReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC));
        }
        for (String name :
                List.of("CORR", "REGR_AVGX", "REGR_AVGY", "REGR_SXY", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2")) {
            all.add(aggregate(name, SqlKind.OTHER_FUNCTION, ReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC));
        }
        for (String name : List.of("PRODUCT", "GEOMETRIC_MEAN", "GEOMEAN", "SKEWNESS", "KURTOSIS", "KURTOSIS_POP")) {
            all.add(aggregate(name, SqlKind.OTHER_FUNCTION, ReturnTypes.DOUBLE, OperandTypes.NUMERIC));
        }
        for (String name : List.of("ARG_MAX", "MAX_BY")) {
            all.add(aggregate(name, SqlKind.ARG_MAX, ReturnTypes.ARG0, OperandTypes.ANY_COMPARABLE));
        }
        for (String name : List.of("ARG_MIN", "MIN_BY")) {
            all.add(aggregate(name, SqlKind.ARG_MIN, ReturnTypes.ARG0, OperandTypes.ANY_COMPARABLE));
        }
        collections(all);
        windows(all);
        all.add(new IntervalSum());
        all.add(new IntervalAverage());
        all.addAll(JSON.values());
        return all;
    }

    private static void collections(List<SqlOperator> all) {
        all.add(ARRAY_AGG);
        all.add(ARRAY_CONCAT_AGG);
        all.add(STRING_AGG);
        all.add(aggregate("MAP_AGG", SqlKind.OTHER_FUNCTION, AggregateOperators::map, OperandTypes.ANY_ANY));
        all.add(aggregate("HISTOGRAM", SqlKind.OTHER_FUNCTION, AggregateOperators::map, OperandTypes.ANY));
        all.add(aggregate("FUSION", SqlKind.FUSION, ReturnTypes.ARG0, COLLECTION));
        all.add(aggregate("INTERSECTION", SqlKind.INTERSECTION, ReturnTypes.ARG0, COLLECTION));
        all.add(aggregate("LISTAGG", SqlKind.LISTAGG, AggregateOperators::text, STRING_AGG_OPERANDS)
                .withGroupOrder(Optionality.OPTIONAL));
    }

    private static void windows(List<SqlOperator> all) {
        all.add(FIRST_VALUE);
        all.add(LAST_VALUE);
        for (SqlKind kind : List.of(SqlKind.LAG, SqlKind.LEAD)) {
            all.add(aggregate(
                            kind.name(),
                            kind,
                            AggregateOperators::shifted,
                            OperandTypes.ANY
                                    .or(OperandTypes.ANY_NUMERIC)
                                    .or(OperandTypes.ANY_NUMERIC_ANY.and(OperandTypes.same(3, 0, 2))))
                    .withOver(true)
                    .withAllowsFraming(false)
                    .withAllowsNullTreatment(true));
        }
        all.add(aggregate("NTH_VALUE", SqlKind.NTH_VALUE, ReturnTypes.ARG0, OperandTypes.ANY_NUMERIC)
                .withOver(true)
                .withAllowsNullTreatment(true));
    }

    private static SqlBasicAggFunction aggregate(
            String name, SqlKind kind, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
        return SqlBasicAggFunction.create(name, kind, type.andThen(SqlTypeTransforms.FORCE_NULLABLE), operands)
                .withFunctionType(SqlFunctionCategory.SYSTEM);
    }

    /**
     * With an ORDER BY inside the parentheses, or in WITHIN GROUP. The conversion to algebra knows such an order by the kind;
     * the kind of STRING_AGG would bring back Calcite's LISTAGG with its type.
     */
    private static SqlBasicAggFunction ordered(
            String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
        SqlReturnTypeInference unordered = ReturnTypes.andThen(ReturnTypes::stripOrderBy, type);
        return aggregate(name, SqlKind.ARRAY_AGG, unordered, operands)
                .withSyntax(SqlSyntax.ORDERED_FUNCTION)
                .withGroupOrder(Optionality.OPTIONAL);
    }

    private static SqlBasicAggFunction picked(SqlKind kind) {
        return aggregate(kind.name(), kind, ReturnTypes.ARG0, OperandTypes.ANY).withAllowsNullTreatment(true);
    }

    private static SqlBasicAggFunction deviation(String name, SqlKind kind) {
        return aggregate(name, kind, ReturnTypes.DOUBLE, OperandTypes.NUMERIC);
    }

    private static SqlBasicAggFunction quantile(String name, boolean interpolates) {
        SqlOperandTypeChecker operands = interpolates
                ? OperandTypes.or(
                        OperandTypes.NUMERIC_NUMERIC,
                        OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.NUMERIC),
                        OperandTypes.family(SqlTypeFamily.DATETIME_INTERVAL, SqlTypeFamily.NUMERIC))
                : OperandTypes.ANY_NUMERIC;
        return aggregate(
                name,
                SqlKind.OTHER_FUNCTION,
                interpolates ? AggregateOperators::interpolated : ReturnTypes.ARG0,
                operands);
    }

    private static Map<JsonAggregate, SqlAggFunction> json() {
        Map<JsonAggregate, SqlAggFunction> result = new LinkedHashMap<>();
        boolean[] both = {false, true};
        for (boolean object : both) {
            for (boolean absent : both) {
                for (boolean raw : both) {
                    JsonAggregate form = new JsonAggregate(object, absent, raw);
                    String name = form.name() + (raw ? "_OF_JSON" : "") + (absent ? "_ABSENT" : "_NULL") + "_ON_NULL";
                    result.put(
                            form,
                            ordered(name, AggregateOperators::text, object ? OperandTypes.ANY_ANY : OperandTypes.ANY));
                }
            }
        }
        return result;
    }

    /** With its characters, which the validator adds only to the types of some calls. */
    static RelDataType text(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        return factory.createTypeWithCharsetAndCollation(
                factory.createSqlType(SqlTypeName.VARCHAR), factory.getDefaultCharset(), SqlCollation.IMPLICIT);
    }

    /** Between two numbers lies a DOUBLE, between two days a time. */
    private static RelDataType interpolated(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType value = binding.getOperandType(0);
        if (SqlTypeUtil.isNumeric(value) || value.getSqlTypeName() == SqlTypeName.NULL) {
            return factory.createSqlType(SqlTypeName.DOUBLE);
        }
        return value.getSqlTypeName() == SqlTypeName.DATE ? factory.createSqlType(SqlTypeName.TIMESTAMP) : value;
    }

    /** From the first operand to the second, or to a count. */
    private static RelDataType map(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType value = binding.getOperandCount() > 1
                ? factory.createTypeWithNullability(binding.getOperandType(1), true)
                : factory.createSqlType(SqlTypeName.BIGINT);
        return factory.createMapType(factory.createTypeWithNullability(binding.getOperandType(0), false), value);
    }

    /** What the value and the default have in common. */
    private static RelDataType shifted(SqlOperatorBinding binding) {
        RelDataType value = binding.getOperandType(0);
        if (binding.getOperandCount() < 3) {
            return value;
        }
        RelDataType common = binding.getTypeFactory().leastRestrictive(List.of(value, binding.getOperandType(2)));
        return common == null ? value : common;
    }
}
