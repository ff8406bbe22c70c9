// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * How strictly standard SQL is read: as leniently as Calcite can, because tools and people bring the habits of other
 * databases, but arithmetic that overflows is an error and a string literal is never a name.
 */
public final class DatasetConformance extends SqlDelegatingConformance {
    /** The one for parser, validator and converter. */
    public static final SqlConformance INSTANCE = new DatasetConformance();

    private DatasetConformance() {
        super(SqlConformanceEnum.LENIENT);
    }

    @Override
    public boolean checkedArithmetic() {
        return true;
    }

    /** Casts between BOOLEAN and numbers. */
    @Override
    public boolean allowLenientCoercion() {
        return true;
    }

    @Override
    public boolean allowCharLiteralAlias() {
        return false;
    }
}
