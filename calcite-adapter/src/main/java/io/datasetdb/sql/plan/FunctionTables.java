// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.function.AggregateOperators;
import io.datasetdb.sql.function.Aliases;
import io.datasetdb.sql.function.CollectionOperators;
import io.datasetdb.sql.function.Replaced;
import io.datasetdb.sql.function.ScalarOperators;
import io.datasetdb.sql.schema.LibraryOperators;
import io.datasetdb.sql.schema.StatementCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * The operators that statements may use: ours first, then standard SQL's, then those of other systems in a fixed order, each
 * name from the first system that has it, so that a name never means two things.
 */
public final class FunctionTables {
    /** XML functions can read files and URLs. */
    private static final Set<String> REFUSED = Set.of("EXTRACTVALUE", "XMLTRANSFORM", "EXISTSNODE");

    /** Functions of the library that are called as Calcite's are and do better: digits kept, signs and names right. */
    private static final Set<String> OURS = Set.of(
            "STRCMP",
            "MONTHNAME",
            "DAYNAME",
            "TO_CHAR",
            "TO_TIMESTAMP",
            "TIMESTAMP_MICROS",
            "UNIX_MICROS",
            "UNIX_MILLIS",
            "REGEXP_EXTRACT",
            "REGEXP_EXTRACT_ALL");

    private static final SqlOperatorTable OWN_AND_CALCITE = ownAndCalcite();

    /** The names of standard SQL's functions and of ours, in upper case. */
    private static final Set<String> STANDARD = standard();

    private FunctionTables() {}

    /** Whether a name means a function of standard SQL, or one of ours, to every statement: nobody else may have it. */
    public static boolean isStandard(String name) {
        return STANDARD.contains(name.toUpperCase(Locale.ROOT));
    }

    private static Set<String> standard() {
        Set<String> names = new HashSet<>();
        for (List<SqlOperator> operators : List.of(
                AggregateOperators.all(),
                ScalarOperators.all(),
                CollectionOperators.all(),
                SqlStdOperatorTable.instance().getOperatorList())) {
            operators.forEach(operator -> names.add(key(operator)));
        }
        return Set.copyOf(names);
    }

    public static SqlOperatorTable forStatement(StatementCatalog catalog) {
        return new Aliases(SqlOperatorTables.chain(new LibraryOperators(catalog), OWN_AND_CALCITE));
    }

    private static SqlOperatorTable ownAndCalcite() {
        List<SqlOperator> own = new ArrayList<>(AggregateOperators.all());
        own.addAll(ScalarOperators.all());
        own.addAll(CollectionOperators.all());
        return SqlOperatorTables.chain(
                SqlOperatorTables.of(own), new Replaced(SqlStdOperatorTable.instance(), own), others(own));
    }

    private static SqlOperatorTable others(List<SqlOperator> own) {
        List<SqlOperator> operators = new ArrayList<>();
        Set<String> names = new HashSet<>(OURS);
        own.forEach(operator -> names.add(key(operator)));
        SqlStdOperatorTable.instance().getOperatorList().forEach(operator -> names.add(key(operator)));
        List<SqlLibrary> libraries = List.of(
                SqlLibrary.POSTGRESQL,
                SqlLibrary.BIG_QUERY,
                SqlLibrary.SPARK,
                SqlLibrary.SNOWFLAKE,
                SqlLibrary.MYSQL,
                SqlLibrary.MSSQL,
                SqlLibrary.ORACLE);
        for (SqlLibrary library : libraries) {
            List<SqlOperator> added = new ArrayList<>();
            for (SqlOperator operator : SqlLibraryOperatorTableFactory.INSTANCE
                    .getOperatorTable(library)
                    .getOperatorList()) {
                if (!REFUSED.contains(key(operator)) && !names.contains(key(operator))) {
                    added.add(operator);
                }
            }
            added.forEach(operator -> names.add(key(operator)));
            operators.addAll(added);
        }
        return SqlOperatorTables.of(operators);
    }

    private static String key(SqlOperator operator) {
        return operator.getName().toUpperCase(Locale.ROOT);
    }
}
