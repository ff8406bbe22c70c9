// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.calendar.DatePart;
import io.datasetdb.sql.kernel.calendar.Extract;
import io.datasetdb.sql.kernel.calendar.TimeArithmetic;
import io.datasetdb.sql.kernel.calendar.TimeRounding;
import io.datasetdb.sql.plan.FunctionKernels.Operands;
import java.util.Arrays;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Functions of dates and times that take a unit, which Calcite hands over as a symbol. */
final class TimeKernels {
    private TimeKernels() {}

    static @Nullable Expression extract(Operands operands) {
        return part(operands.node(0))
                .map(part -> Extract.of(part, operands.get(1), operands.type()))
                .orElse(null);
    }

    /** FLOOR(x TO unit). */
    static @Nullable Expression floor(Operands operands) {
        return part(operands.node(1))
                .map(TimeKernels::checkUnit)
                .map(part -> TimeRounding.floor(part, operands.get(0)))
                .orElse(null);
    }

    /** CEIL(x TO unit). */
    static @Nullable Expression ceil(Operands operands) {
        return part(operands.node(1))
                .map(TimeKernels::checkUnit)
                .map(part -> TimeRounding.ceil(part, operands.get(0)))
                .orElse(null);
    }

    static @Nullable Expression difference(Operands operands) {
        return part(operands.node(0))
                .map(part -> TimeArithmetic.difference(part, operands.get(1), operands.get(2), operands.type()))
                .orElse(null);
    }

    static @Nullable Expression boundaries(Operands operands) {
        return part(operands.node(0))
                .map(TimeKernels::checkUnit)
                .map(part -> TimeArithmetic.boundaries(part, operands.get(1), operands.get(2), operands.type()))
                .orElse(null);
    }

    private static DatePart checkUnit(DatePart part) {
        if (part.months() == 0 && part.micros() == 0) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT, "Cannot round a time: this is no unit of time (" + part + ")");
        }
        return part;
    }

    private static Optional<DatePart> part(RexNode symbol) {
        if (!(symbol instanceof RexLiteral literal) || literal.getValue() == null) {
            return Optional.empty();
        }
        String name = literal.getValue().toString();
        return Arrays.stream(DatePart.values())
                .filter(part -> part.name().equals(name))
                .findFirst();
    }
}
