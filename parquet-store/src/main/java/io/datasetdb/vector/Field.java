// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

/** A named, typed column or ROW field. A field that is not nullable never holds NULL. */
public record Field(String name, DataType type, boolean nullable) {
    /** A field that may hold NULL. */
    public static Field of(String name, DataType type) {
        return new Field(name, type, true);
    }

    /** A field that never holds NULL. */
    public static Field required(String name, DataType type) {
        return new Field(name, type, false);
    }

    @Override
    public String toString() {
        return name + " " + type.sql() + (nullable ? "" : " NOT NULL");
    }
}
