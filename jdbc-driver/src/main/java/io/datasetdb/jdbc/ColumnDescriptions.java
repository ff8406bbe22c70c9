// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;

/** The columns of a result. Everything there is to say is in the signature, so that Avatica's own answers do. */
final class ColumnDescriptions extends AvaticaResultSetMetaData {
    ColumnDescriptions(AvaticaStatement statement, Meta.Signature signature) {
        super(statement, null, signature);
    }
}
