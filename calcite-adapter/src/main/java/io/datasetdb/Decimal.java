// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which DECIMAL a {@code BigDecimal} component of a record is stored as. Without it the precision is 38 and the scale the
 * largest among the first rows that are deposited.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Decimal {
    /** Digits in all, 1 to 38. */
    int precision() default 38;

    /** Digits after the point, 0 to the precision. */
    int scale();
}
