// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * One connection's calls, made through its {@link Transport}: the same code in process and over HTTP. Nothing is retried:
 * a statement whose answer got lost may have deposited something.
 */
public final class ClientMeta extends MetaImpl {
    /** Who closes does not wait for a server that hangs: there, what is not used expires. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private final Transport transport;

    public ClientMeta(AvaticaConnection connection, Transport transport) {
        super(connection);
        this.transport = transport;
    }

    /** The way to the engine. */
    public Transport transport() {
        return transport;
    }

    private Service service() {
        return transport.service(CallOptions.NONE);
    }

    /** The options of the statement that a handle belongs to. */
    private CallOptions options(StatementHandle handle) {
        AvaticaStatement statement = connection.statementMap.get(handle.id);
        if (statement == null) {
            return CallOptions.NONE;
        }
        try {
            return new CallOptions(
                    1_000L * statement.getQueryTimeout(), statement.getFetchSize(), statement.getLargeMaxRows());
        } catch (SQLException e) {
            // Closed meanwhile; the call will say so.
            return CallOptions.NONE;
        }
    }

    @Override
    public void openConnection(ConnectionHandle ch, Map<String, String> info) {
        service().apply(new Service.OpenConnectionRequest(ch.id, info));
    }

    @Override
    public void closeConnection(ConnectionHandle ch) {
        transport.service(CLOSE_PATIENCE).apply(new Service.CloseConnectionRequest(ch.id));
    }

    @Override
    public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties changes) {
        return service().apply(new Service.ConnectionSyncRequest(ch.id, changes)).connProps;
    }

    /** Asks the engine whether it still knows the connection; throws if not, and if it does not answer in this time. */
    public void ping(ConnectionHandle ch, Duration patience) {
        transport.service(patience).apply(new Service.ConnectionSyncRequest(ch.id, new ConnectionPropertiesImpl()));
    }

    @Override
    public StatementHandle createStatement(ConnectionHandle ch) {
        Service.CreateStatementResponse response = service().apply(new Service.CreateStatementRequest(ch.id));
        return new StatementHandle(response.connectionId, response.statementId, null);
    }

    @Override
    public void closeStatement(StatementHandle h) {
        transport.service(CLOSE_PATIENCE).apply(new Service.CloseStatementRequest(h.connectionId, h.id));
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
        return service().apply(new Service.PrepareRequest(ch.id, sql, maxRowCount)).statement;
    }

    @Override
    @Deprecated
    public ExecuteResult prepareAndExecute(StatementHandle h, String sql, long maxRowCount, PrepareCallback callback)
            throws NoSuchStatementException {
        return prepareAndExecute(h, sql, maxRowCount, 0, callback);
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle h, String sql, long maxRowCount, int maxRowsInFirstFrame, PrepareCallback callback)
            throws NoSuchStatementException {
        try {
            callback.clear();
            Service.ExecuteResponse response = transport
                    .service(options(h))
                    .apply(new Service.PrepareAndExecuteRequest(h.connectionId, h.id, sql, maxRowCount));
            if (response.missingStatement) {
                throw new NoSuchStatementException(h);
            }
            Service.ResultSetResponse result = response.results.get(0);
            callback.assign(result.signature, result.firstFrame, result.updateCount);
            callback.execute();
            return new ExecuteResult(List.of(resultSet(result)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    @Deprecated
    public ExecuteResult execute(StatementHandle h, List<TypedValue> values, long maxRowCount)
            throws NoSuchStatementException {
        return execute(h, values, 0);
    }

    @Override
    public ExecuteResult execute(StatementHandle h, List<TypedValue> values, int maxRowsInFirstFrame)
            throws NoSuchStatementException {
        // The engine kept the signature; sending it back would only make the request longer.
        StatementHandle bare = new StatementHandle(h.connectionId, h.id, null);
        Service.ExecuteResponse response =
                transport.service(options(h)).apply(new Service.ExecuteRequest(bare, values, maxRowsInFirstFrame));
        if (response.missingStatement) {
            throw new NoSuchStatementException(h);
        }
        return new ExecuteResult(List.of(resultSet(response.results.get(0))));
    }

    private static MetaResultSet resultSet(Service.ResultSetResponse response) {
        return MetaResultSet.create(
                response.connectionId,
                response.statementId,
                response.ownStatement,
                response.signature,
                response.firstFrame,
                response.updateCount);
    }

    @Override
    public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount)
            throws NoSuchStatementException, MissingResultsException {
        Service.FetchResponse response = transport
                .service(options(h))
                .apply(new Service.FetchRequest(h.connectionId, h.id, offset, fetchMaxRowCount));
        if (response.missingStatement) {
            throw new NoSuchStatementException(h);
        }
        if (response.missingResults) {
            throw new MissingResultsException(h);
        }
        return response.frame;
    }

    /** The packets of a result whose first frame is there already. */
    public PacketSource packets(StatementHandle handle, @Nullable Frame firstFrame) {
        return new FramePackets(this, handle, firstFrame == null ? Frame.MORE : firstFrame);
    }

    /** Tells the engine that nobody will read the rest of a result, or that a running statement shall end. */
    public void cancel(StatementHandle handle) {
        transport.cancel(handle.connectionId, handle.id);
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> commands) {
        throw new UnsupportedOperationException("statements run their batches one by one");
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> values) {
        throw new UnsupportedOperationException("statements run their batches one by one");
    }

    @Override
    public boolean syncResults(StatementHandle h, QueryState state, long offset) throws NoSuchStatementException {
        throw new NoSuchStatementException(h);
    }

    @Override
    public void commit(ConnectionHandle ch) {
        // Every statement commits by itself.
    }

    @Override
    public void rollback(ConnectionHandle ch) {
        // Every statement commits by itself.
    }

    @Override
    public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
        return service().apply(new Service.DatabasePropertyRequest(ch.id)).map;
    }

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle ch) {
        return resultSet(service().apply(new Service.CatalogsRequest(ch.id)));
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle ch, String catalog, Pat schemaPattern) {
        return resultSet(service().apply(new Service.SchemasRequest(ch.id, catalog, schemaPattern.s)));
    }

    @Override
    public MetaResultSet getTables(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat tableNamePattern, List<String> typeList) {
        return resultSet(service()
                .apply(new Service.TablesRequest(ch.id, catalog, schemaPattern.s, tableNamePattern.s, typeList)));
    }

    @Override
    public MetaResultSet getColumns(
            ConnectionHandle ch, String catalog, Pat schemaPattern, Pat tableNamePattern, Pat columnNamePattern) {
        return resultSet(service()
                .apply(new Service.ColumnsRequest(
                        ch.id, catalog, schemaPattern.s, tableNamePattern.s, columnNamePattern.s)));
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle ch) {
        return resultSet(service().apply(new Service.TableTypesRequest(ch.id)));
    }

    @Override
    public MetaResultSet getTypeInfo(ConnectionHandle ch) {
        return resultSet(service().apply(new Service.TypeInfoRequest(ch.id)));
    }
}
