// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A registry in a folder where this process cannot or shall not write. While somebody writes there is a log beside the
 * database, which is read too. Without one, or with an empty one, nobody writes, and the database is opened as one that does not
 * change, because SQLite would otherwise make the log and its index. Which of the two it is may be different each time.
 */
final class ReadOnlyFile implements Connections.Opener {
    private final Path log;
    private final DataSource unchanging;
    private final DataSource logged;

    ReadOnlyFile(Path file) {
        this.log = file.resolveSibling(file.getFileName() + "-wal");
        this.unchanging = source(file, "?immutable=1");
        this.logged = source(file, "?mode=ro");
    }

    private static DataSource source(Path file, String mode) {
        SQLiteConfig config = WarehouseDatabase.config();
        config.setReadOnly(true);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:file:" + file.toUri().getRawPath() + mode);
        return source;
    }

    @Override
    public Connection open() throws SQLException {
        return (log.toFile().length() > 0 ? logged : unchanging).getConnection();
    }
}
