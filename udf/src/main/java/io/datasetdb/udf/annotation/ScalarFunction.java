// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method an SQL function of one row's values.
 *
 * <p>A <em>row method</em> takes and returns Java values; their SQL types follow from the Java types or from
 * {@link SqlType}. A <em>vector method</em> takes one {@link io.datasetdb.vector.Vector} a parameter, then a
 * {@link io.datasetdb.vector.Selection} and the row count, and returns a Vector; each of its parameters and the method
 * itself carry {@link SqlType}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ScalarFunction {
    /** The SQL name and its aliases; without any, the method's name in snake_case. */
    String[] value() default {};
}
