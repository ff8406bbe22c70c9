// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.vector.DataType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How Java types that are no values of columns by themselves, records above all, go into functions and come out of them. */
public interface JavaValues {
    /** Makes one form of a value of the other. */
    @FunctionalInterface
    interface Conversion {
        @Nullable
        Object of(@Nullable Object value);
    }

    /** No more types than those that are values of columns. */
    JavaValues NONE = new JavaValues() {
        @Override
        public Optional<DataType> type(Type javaType) {
            return Optional.empty();
        }

        @Override
        public Conversion toJava(Type javaType, DataType type, String where) {
            return value -> value;
        }

        @Override
        public Conversion toColumn(Type javaType, String where) {
            return value -> value;
        }
    };

    /** The SQL type that a Java type means; empty if there is none. */
    Optional<DataType> type(Type javaType);

    /**
     * Makes the Java value of a column's, which has the form that {@link DataType} lists.
     *
     * @param where whose type it is, for errors
     */
    Conversion toJava(Type javaType, DataType type, String where);

    /** Makes a column's value of a Java value. */
    Conversion toColumn(Type javaType, String where);
}
