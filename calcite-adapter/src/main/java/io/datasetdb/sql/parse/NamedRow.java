// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** A row whose fields are given names: {@code {'a': 1, 'b': 2}} of DuckDB. */
public final class NamedRow extends SqlSpecialOperator {
    private final List<String> names;

    /** @param names of the fields, as many as the operands */
    public NamedRow(List<String> names) {
        super("NAMED ROW", SqlKind.ROW, MDX_PRECEDENCE, false, null, InferTypes.RETURN_TYPE, OperandTypes.VARIADIC);
        this.names = List.copyOf(names);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return validateOperands(validator, scope, call);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return binding.getTypeFactory().createStructType(binding.collectOperandTypes(), names);
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        SqlWriter.Frame frame = writer.startList("{", "}");
        for (int i = 0; i < names.size(); i++) {
            writer.sep(",");
            writer.literal("'" + names.get(i).replace("'", "''") + "'");
            writer.print(":");
            writer.setNeedWhitespace(true);
            call.operand(i).unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }
}
