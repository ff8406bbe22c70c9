// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a vector method works for any element type: it becomes one overload for each type without parameters. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TypeParameter {
    /** The name that {@link SqlType} uses, {@code T}. */
    String value();
}
