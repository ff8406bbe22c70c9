// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** SHA-256 over the text of all cells, row by row. */
final class RowsChecksum {
    private final MessageDigest digest;

    RowsChecksum() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(String cell) {
        digest.update((cell == null ? "\0" : cell).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** Adds the row on which a result stands. */
    void add(ResultSet row) throws SQLException {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            add(row.getString(i));
        }
    }

    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
