// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.copy;

import io.datasetdb.vector.Vector;
import java.util.List;

/** Rows as text. Appended to one text in the order begin, row …, end. */
interface RowText {
    void begin(StringBuilder out);

    /** Appends the row at a position. */
    void row(StringBuilder out, List<Vector> columns, int position);

    void end(StringBuilder out);
}
