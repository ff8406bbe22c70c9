// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;

/** Calls in the escape syntax of JDBC: {@code {fn ucase(x)}} in any letter case, of the functions of JDBC and of all others. */
final class JdbcEscapes {
    private static final String PREFIX = "{fn ";

    /** Those that Calcite translates. */
    private static final Set<String> KNOWN = known();

    private JdbcEscapes() {}

    static SqlNode rewrite(SqlCall call) {
        String written = call.getOperator().getName();
        String name = written.startsWith(PREFIX) ? written.substring(PREFIX.length(), written.length() - 1) : written;
        String upper = name.toUpperCase(Locale.ROOT);
        if (KNOWN.contains(upper)) {
            return new SqlJdbcFunctionCall(upper).createCall(call.getParserPosition(), call.getOperandList());
        }
        SqlUnresolvedFunction function = new SqlUnresolvedFunction(
                new SqlIdentifier(name, call.getParserPosition()),
                null,
                null,
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        return new SqlBasicCall(function, call.getOperandList(), call.getParserPosition());
    }

    private static Set<String> known() {
        Set<String> names = new TreeSet<>();
        for (String list : new String[] {
            SqlJdbcFunctionCall.getNumericFunctions(),
            SqlJdbcFunctionCall.getStringFunctions(),
            SqlJdbcFunctionCall.getTimeDateFunctions(),
            SqlJdbcFunctionCall.getSystemFunctions()
        }) {
            Arrays.stream(list.split(","))
                    .map(name -> name.strip().toUpperCase(Locale.ROOT))
                    .forEach(names::add);
        }
        return names;
    }
}
