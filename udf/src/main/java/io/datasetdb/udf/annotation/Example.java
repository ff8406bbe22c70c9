// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call with its result, {@code file_ext('a.tar.gz') = 'gz'}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Example {
    /** The call, an equals sign and the result, as SQL. */
    String value();
}
