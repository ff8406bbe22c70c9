// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that equal arguments may give different results, so that each row needs a call of its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NotDeterministic {}
