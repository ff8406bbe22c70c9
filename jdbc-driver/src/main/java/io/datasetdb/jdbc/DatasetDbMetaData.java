// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.Failures;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.AvaticaDatabaseMetaData;
import org.jspecify.annotations.Nullable;

/** What tools ask about the database. TABLE_CAT is the namespace, TABLE_SCHEM the project. */
final class DatasetDbMetaData extends AvaticaDatabaseMetaData {
    private final DatasetDbConnection connection;

    /** A call of Avatica's own code. */
    private interface Listing {
        ResultSet get() throws SQLException;
    }

    DatasetDbMetaData(DatasetDbConnection connection) {
        super(connection);
        this.connection = connection;
    }

    private static ResultSet checked(Listing listing) throws SQLException {
        try {
            return listing.get();
        } catch (SQLException | RuntimeException e) {
            throw Failures.sql(e);
        }
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getCatalogTerm() {
        return "namespace";
    }

    @Override
    public String getSchemaTerm() {
        return "project";
    }

    @Override
    public int getSQLStateType() {
        return DatabaseMetaData.sqlStateSQL;
    }

    @Override
    public int getJDBCMinorVersion() {
        return 3;
    }

    @Override
    public boolean supportsSubqueriesInQuantifieds() {
        return true;
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        return checked(super::getCatalogs);
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern) throws SQLException {
        return checked(() -> super.getSchemas(catalog, schemaPattern));
    }

    @Override
    public ResultSet getTables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            String @Nullable [] types)
            throws SQLException {
        return checked(() -> super.getTables(catalog, schemaPattern, tablePattern, types));
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return checked(() -> super.getColumns(catalog, schemaPattern, tablePattern, columnPattern));
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return checked(super::getTableTypes);
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return checked(super::getTypeInfo);
    }

    /** The functions that statements may call, one row an overload. They belong to no namespace. */
    @Override
    public ResultSet getFunctions(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String functionPattern)
            throws SQLException {
        return new FunctionListing(connection).functions(names(functionPattern));
    }

    /** Results, parameters and columns of the functions that statements may call. */
    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String functionPattern,
            @Nullable String columnPattern)
            throws SQLException {
        return new FunctionListing(connection).columns(names(functionPattern), names(columnPattern));
    }

    private static Predicate<String> names(@Nullable String pattern) {
        return pattern == null ? name -> true : like(pattern).asMatchPredicate();
    }

    /** A LIKE pattern with backslash as escape, without regard to case. */
    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
