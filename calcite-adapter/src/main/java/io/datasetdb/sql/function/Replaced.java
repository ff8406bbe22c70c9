// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** A table of operators without the functions that others replace, so that a name never means two things. */
public final class Replaced implements SqlOperatorTable {
    private final SqlOperatorTable table;
    private final Set<String> names = new HashSet<>();

    /** @param replacements functions whose names the table loses */
    public Replaced(SqlOperatorTable table, List<SqlOperator> replacements) {
        this.table = table;
        replacements.forEach(operator -> names.add(key(operator)));
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher matcher) {
        boolean replaced = syntax == SqlSyntax.FUNCTION
                && name.isSimple()
                && names.contains(name.getSimple().toUpperCase(Locale.ROOT));
        if (!replaced) {
            table.lookupOperatorOverloads(name, category, syntax, operators, matcher);
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return table.getOperatorList().stream()
                .filter(operator -> !(operator instanceof SqlFunction) || !names.contains(key(operator)))
                .toList();
    }

    private static String key(SqlOperator operator) {
        return operator.getName().toUpperCase(Locale.ROOT);
    }
}
