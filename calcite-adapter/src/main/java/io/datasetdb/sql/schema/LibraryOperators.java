// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.udf.AggregateFunction;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** The functions of the {@link FunctionLibrary} as operators of one statement. */
public final class LibraryOperators implements SqlOperatorTable {
    private final StatementCatalog catalog;

    public LibraryOperators(StatementCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher matcher) {
        if (syntax != SqlSyntax.FUNCTION) {
            return;
        }
        FunctionLibrary library = catalog.functions();
        if (name.isSimple() && (category == null || !category.isTableFunction())) {
            List<ScalarFunction> overloads = library.scalars(name.getSimple());
            overloads.forEach(function -> operators.add(new ScalarFunctionOperator(function, overloads)));
            library.aggregates(name.getSimple())
                    .forEach(function -> operators.add(new AggregateFunctionOperator(function)));
        }
        if (category == null || category.isTableFunction() || category.isUserDefinedNotSpecificFunction()) {
            catalog.tableFunction(name.names)
                    .ifPresent(function -> operators.add(new TableFunctionOperator(function, name.names, catalog)));
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        List<SqlOperator> result = new ArrayList<>();
        for (ScalarFunction function : catalog.functions().allScalars()) {
            result.add(new ScalarFunctionOperator(function, List.of(function)));
        }
        for (AggregateFunction function : catalog.functions().allAggregates()) {
            result.add(new AggregateFunctionOperator(function));
        }
        return result;
    }
}
