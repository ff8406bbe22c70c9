// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method a table. It answers a Stream, Iterable, Iterator or array: of records, whose components are the
 * columns, or of values of the only column, which has the function's name. Its parameters are text, Booleans, {@code int},
 * {@code long} and {@code double}; a boxed one may be left out and is {@code null} then. It is called once for each reading.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TableFunction {
    /** The SQL name and its aliases; without any, the method's name in snake_case. */
    String[] value() default {};
}
