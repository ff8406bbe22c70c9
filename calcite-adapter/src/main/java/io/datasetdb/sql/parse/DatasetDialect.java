// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/** How statements are written: as {@link StatementParser} reads them, string literals with their characters as they are. */
public final class DatasetDialect extends SqlDialect {
    /** The one dialect. */
    public static final SqlDialect INSTANCE = new DatasetDialect();

    private DatasetDialect() {
        super(EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.CALCITE)
                .withIdentifierQuoteString("\"")
                .withUnquotedCasing(Casing.UNCHANGED)
                .withQuotedCasing(Casing.UNCHANGED)
                .withCaseSensitive(false)
                .withConformance(DatasetConformance.INSTANCE)
                .withNullCollation(NullCollation.LAST));
    }

    @Override
    public void quoteStringLiteral(StringBuilder buf, @Nullable String charsetName, String val) {
        buf.append('\'').append(val.replace("'", "''")).append('\'');
    }
}
