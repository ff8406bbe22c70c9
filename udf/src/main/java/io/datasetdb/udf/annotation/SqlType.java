// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The SQL type of a parameter, or of the result of a method. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface SqlType {
    /** The type as SQL writes it, {@code REAL ARRAY}; may use the method's {@link TypeParameter}. */
    String value();
}
