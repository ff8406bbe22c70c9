// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.List;

/**
 * A function of one row's values, ready to be called.
 *
 * @param name how SQL calls it, lower case
 * @param parameters names and types; a parameter that is not nullable makes the result NULL when its argument is NULL
 *     without a call of the body
 * @param returnType type of the result
 * @param returnsNull whether the result may be NULL although no argument is
 * @param deterministic whether equal arguments always give equal results, so that calls may be folded or repeated
 * @param description one sentence for people
 * @param example a call with its result, {@code file_ext('a.tar.gz') = 'gz'}
 * @param className the Java class it comes from, recorded as provenance
 * @param body what it does; is never called at a position where a parameter that is not nullable is NULL
 */
public record ScalarFunction(
        String name,
        List<Field> parameters,
        DataType returnType,
        boolean returnsNull,
        boolean deterministic,
        String description,
        String example,
        String className,
        VectorFunction body) {
    public ScalarFunction {
        parameters = List.copyOf(parameters);
    }

    /** The same function under another name. */
    public ScalarFunction withName(String newName) {
        return new ScalarFunction(
                newName, parameters, returnType, returnsNull, deterministic, description, example, className, body);
    }

    /** The same function, done by another body. */
    public ScalarFunction withBody(VectorFunction newBody) {
        return new ScalarFunction(
                name, parameters, returnType, returnsNull, deterministic, description, example, className, newBody);
    }
}
