// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.ExplicitOperatorBinding;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.util.Optionality;
import org.apache.calcite.util.Util;

/**
 * An aggregate function of a window with its FILTER as a last operand, because Calcite's conversion to algebra loses the
 * FILTER of a window.
 */
public final class FilteredAggregate extends SqlAggFunction {
    /** What the name of such a function starts with, before the name of the function itself. */
    public static final String PREFIX = "FILTERED ";

    private final SqlAggFunction function;

    FilteredAggregate(SqlAggFunction function) {
        super(
                PREFIX + function.getName(),
                null,
                SqlKind.OTHER_FUNCTION,
                binding -> binding.getOperandType(0),
                InferTypes.RETURN_TYPE,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.SYSTEM,
                function.requiresOrder(),
                true,
                Optionality.FORBIDDEN);
        this.function = function;
    }

    /** The function itself, whose operands are all but the last. */
    public SqlAggFunction function() {
        return function;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        SqlCall unfiltered = unfiltered(binding.getCall());
        boolean accepted = function.checkOperandTypes(
                new SqlCallBinding(binding.getValidator(), binding.getScope(), unfiltered), throwOnFailure);
        // The check may have put casts around operands.
        for (int i = 0; i < unfiltered.operandCount(); i++) {
            binding.getCall().setOperand(i, unfiltered.operand(i));
        }
        return accepted;
    }

    /** As if the frame could be empty, because the filter may leave none of its rows. */
    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        if (binding instanceof SqlCallBinding call) {
            return function.inferReturnType(
                    new SqlCallBinding(call.getValidator(), call.getScope(), unfiltered(call.getCall())) {
                        @Override
                        public boolean hasEmptyGroup() {
                            return true;
                        }
                    });
        }
        return function.inferReturnType(
                new ExplicitOperatorBinding(binding, Util.skipLast(binding.collectOperandTypes())) {
                    @Override
                    public boolean hasEmptyGroup() {
                        return true;
                    }
                });
    }

    private SqlCall unfiltered(SqlCall call) {
        return function.createCall(
                call.getFunctionQuantifier(), call.getParserPosition(), Util.skipLast(call.getOperandList()));
    }

    @Override
    public boolean allowsFraming() {
        return function.allowsFraming();
    }

    @Override
    public boolean allowsNullTreatment() {
        return function.allowsNullTreatment();
    }
}
