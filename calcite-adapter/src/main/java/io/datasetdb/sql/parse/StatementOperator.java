// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The operator of one node class: knows how to build the node again from its operands, which is how visitors copy it. */
final class StatementOperator extends SqlSpecialOperator {
    private final Function<Operands, SqlStatement> factory;

    StatementOperator(String name, SqlKind kind, Function<Operands, SqlStatement> factory) {
        super(name, kind);
        this.factory = factory;
    }

    @Override
    public SqlCall createCall(@Nullable SqlLiteral functionQualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
        return factory.apply(new Operands(pos, operands));
    }
}
