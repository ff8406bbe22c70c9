// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.rows.SortKey;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;

/** Calcite's collations as our sort keys. */
final class SortKeys {
    private SortKeys() {}

    static List<SortKey> of(RelCollation collation) {
        return collation.getFieldCollations().stream().map(SortKeys::of).toList();
    }

    /** NULLs sort last in both directions unless the query says otherwise. */
    static SortKey of(RelFieldCollation field) {
        return new SortKey(
                field.getFieldIndex(),
                !field.getDirection().isDescending(),
                field.nullDirection == RelFieldCollation.NullDirection.FIRST);
    }
}
