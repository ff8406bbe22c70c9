// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet;

import io.datasetdb.vector.Field;

/** A column of a file, or a field of a row in it. */
public record NamedNode(String name, ColumnNode node) {
    /** Name, type and nullability. */
    public Field field() {
        return new Field(name, node.type(), node.nullable());
    }
}
