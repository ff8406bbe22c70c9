// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingsTest {
    private static @Nullable Object value(Expression expression, @Nullable Object... parameters) {
        Bindings bindings = new Bindings(
                Arrays.asList(parameters), Instant.parse("1969-12-31T23:59:58.500001Z"), "ada", new Object[] {7, null});
        return expression
                .evaluate(Batch.of(List.of(), 2), Selection.all(2), bindings)
                .getObject(1);
    }

    @Test
    void parametersAreConvertedWithoutLoss() {
        assertThat(value(new ParameterReference(0, DataType.BIGINT), 5)).isEqualTo(5L);
        assertThat(value(new ParameterReference(1, DataType.decimal(5, 2)), 0, 3L))
                .isEqualTo(new BigDecimal("3.00"));
        assertThat(value(new ParameterReference(0, DataType.TIMESTAMP), LocalDate.of(2024, 1, 2)))
                .isEqualTo(LocalDateTime.of(2024, 1, 2, 0, 0));
        assertThat(value(new ParameterReference(0, DataType.VARCHAR), new @Nullable Object[] {null}))
                .isNull();
    }

    @Test
    void parametersThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> value(new ParameterReference(0, DataType.TINYINT), 300))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot use parameter 1 as TINYINT: it is a Integer (300)");
        assertThatThrownBy(() -> value(new ParameterReference(0, DataType.DATE), "x"))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("parameter 1 as DATE");
        assertThatThrownBy(() -> value(new ParameterReference(2, DataType.DATE), 1))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("no value for parameter 3");
    }

    @Test
    void correlationVariablesComeFromTheirSlots() {
        assertThat(value(new CorrelationReference(0, DataType.INTEGER))).isEqualTo(7);
        assertThat(value(new CorrelationReference(1, DataType.INTEGER))).isNull();
    }

    @Test
    void currentTimeIsTheStartOfTheStatementInUtc() {
        assertThat(value(CurrentTime.of(DataType.TIMESTAMP_LTZ)))
                .isEqualTo(Instant.parse("1969-12-31T23:59:58.500001Z"));
        assertThat(value(CurrentTime.of(DataType.TIMESTAMP)))
                .isEqualTo(LocalDateTime.parse("1969-12-31T23:59:58.500001"));
        assertThat(value(CurrentTime.of(DataType.DATE))).isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(value(CurrentTime.of(DataType.TIME))).isEqualTo(LocalTime.parse("23:59:58.500001"));
        assertThat(value(new CurrentUser())).isEqualTo("ada");
    }
}
