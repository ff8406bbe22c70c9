// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Names that DuckDB, PostgreSQL or Trino have for what is called differently here, looked up under that name; and the names of
 * {@link FilteredAggregate}s.
 */
public final class Aliases implements SqlOperatorTable {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("APPROX_DISTINCT", "APPROX_COUNT_DISTINCT"),
            Map.entry("ARBITRARY", "ANY_VALUE"),
            Map.entry("ARRAY_CAT", "ARRAY_CONCAT"),
            Map.entry("ARRAY_HAS", "ARRAY_CONTAINS"),
            Map.entry("ARRAY_SLICE", "LIST_SLICE"),
            Map.entry("ARRAY_SORT", "SORT_ARRAY"),
            Map.entry("COUNT_IF", "COUNTIF"),
            Map.entry("ISINF", "IS_INF"),
            Map.entry("ISNAN", "IS_NAN"),
            Map.entry("JSON_AGG", "JSON_ARRAYAGG_NULL_ON_NULL"),
            Map.entry("JSON_ARRAY_LENGTH", "JSON_LENGTH"),
            Map.entry("JSON_GROUP_ARRAY", "JSON_ARRAYAGG_NULL_ON_NULL"),
            Map.entry("JSON_GROUP_OBJECT", "JSON_OBJECTAGG_NULL_ON_NULL"),
            Map.entry("JSON_OBJECT_AGG", "JSON_OBJECTAGG_NULL_ON_NULL"),
            Map.entry("LCASE", "LOWER"),
            Map.entry("LIST", "ARRAY_AGG"),
            Map.entry("LIST_APPEND", "ARRAY_APPEND"),
            Map.entry("LIST_CONCAT", "ARRAY_CONCAT"),
            Map.entry("LIST_CONTAINS", "ARRAY_CONTAINS"),
            Map.entry("LIST_DISTINCT", "ARRAY_DISTINCT"),
            Map.entry("LIST_HAS", "ARRAY_CONTAINS"),
            Map.entry("LIST_HAS_ANY", "ARRAYS_OVERLAP"),
            Map.entry("LIST_INTERSECT", "ARRAY_INTERSECT"),
            Map.entry("LIST_MAX", "ARRAY_MAX"),
            Map.entry("LIST_MIN", "ARRAY_MIN"),
            Map.entry("LIST_POSITION", "ARRAY_POSITION"),
            Map.entry("LIST_REVERSE", "ARRAY_REVERSE"),
            Map.entry("LIST_SORT", "SORT_ARRAY"),
            Map.entry("LIST_ZIP", "ARRAYS_ZIP"),
            Map.entry("MAP_CONTAINS", "MAP_CONTAINS_KEY"),
            Map.entry("MEAN", "AVG"),
            Map.entry("PREFIX", "STARTS_WITH"),
            Map.entry("REGEXP_MATCHES", "REGEXP_CONTAINS"),
            Map.entry("SUFFIX", "ENDS_WITH"),
            Map.entry("BASE64", "TO_BASE64"),
            Map.entry("UNBASE64", "FROM_BASE64"),
            Map.entry("ARRAY_AVERAGE", "LIST_AVG"),
            Map.entry("ARRAY_AVG", "LIST_AVG"),
            Map.entry("ARRAY_SUM", "LIST_SUM"),
            Map.entry("FIRST", "FIRST_VALUE"),
            Map.entry("LAST", "LAST_VALUE"),
            Map.entry("EDITDIST3", "LEVENSHTEIN"),
            Map.entry("LEVENSHTEIN_DISTANCE", "LEVENSHTEIN"),
            Map.entry("URLENCODE", "URL_ENCODE"),
            Map.entry("URLDECODE", "URL_DECODE"),
            Map.entry("CODEPOINT", "UNICODE"),
            Map.entry("NEWID", "UUID"),
            Map.entry("ARRAY_LENGTH", "CARDINALITY"),
            Map.entry("LIST_LENGTH", "CARDINALITY"),
            Map.entry("LEN", "LENGTH"),
            Map.entry("UCASE", "UPPER"),
            Map.entry("UNHEX", "FROM_HEX"));

    private final SqlOperatorTable table;

    /** @param table where the operators are under their own names */
    public Aliases(SqlOperatorTable table) {
        this.table = table;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher matcher) {
        if (syntax == SqlSyntax.FUNCTION && name.isSimple() && name.getSimple().startsWith(FilteredAggregate.PREFIX)) {
            filtered(name, operators, matcher);
            return;
        }
        String own = name.isSimple() ? NAMES.get(name.getSimple().toUpperCase(Locale.ROOT)) : null;
        SqlIdentifier looked = own == null ? name : new SqlIdentifier(own, name.getParserPosition());
        table.lookupOperatorOverloads(looked, category, syntax, operators, matcher);
    }

    /** The functions whose name follows the prefix, each with a filter. */
    private void filtered(SqlIdentifier name, List<SqlOperator> operators, SqlNameMatcher matcher) {
        SqlIdentifier function = new SqlIdentifier(
                name.getSimple().substring(FilteredAggregate.PREFIX.length()), name.getParserPosition());
        List<SqlOperator> unfiltered = new ArrayList<>();
        lookupOperatorOverloads(function, null, SqlSyntax.FUNCTION, unfiltered, matcher);
        for (SqlOperator operator : unfiltered) {
            if (operator instanceof SqlAggFunction aggregate) {
                operators.add(new FilteredAggregate(aggregate));
            }
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return table.getOperatorList();
    }
}
