// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an SQL function of the rows of a group, in one of two shapes.
 *
 * <p>A <em>class</em> is the state of one group: it has a public constructor without parameters, a public method {@code add}
 * that takes the values of a row (several of that name are overloads), {@code merge} that takes the state of other rows of the
 * group, which it leaves as it is, and {@code result}, which may be asked for more than once. A <em>public static method</em>
 * takes all values of a group at once: each parameter is a List or an array of what SQL gives for one row, and a {@link
 * SqlType} says the type of that.
 *
 * <p>Rows come in any order. A row with a NULL where a parameter cannot be NULL does not count; of a static method none can
 * unless it is annotated {@code @Nullable}. Where no row counts the result is that of a new object, and NULL without a call
 * of a static method.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AggregateFunction {
    /** The SQL name and its aliases; without any, the name of the method or class in snake_case. */
    String[] value() default {};
}
