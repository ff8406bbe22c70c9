// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionMetadata;
import io.datasetdb.sql.SessionOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** One client's connection: a session of the engine, and its statements by number. Safe for several threads. */
final class SessionConnection implements AutoCloseable {
    private final String id;
    private final Session session;
    private final boolean packets;
    private final int maxStatements;
    private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
    private final AtomicInteger lastStatement = new AtomicInteger();
    private final ConnectionPropertiesImpl properties;
    private volatile long touchedNanos = System.nanoTime();

    SessionConnection(String id, Session session, boolean packets, int maxStatements) {
        this.id = id;
        this.session = session;
        this.packets = packets;
        this.maxStatements = maxStatements;
        this.properties = new ConnectionPropertiesImpl(true, false, java.sql.Connection.TRANSACTION_NONE, null, null);
    }

    String id() {
        return id;
    }

    Session session() {
        return session;
    }

    /** How this client reads results that it asks for in this serialization. */
    WireForm form(WireForm requested) {
        return packets && requested != WireForm.JSON ? WireForm.NATIVE : requested;
    }

    /** Whether the client wants to be kept from changing anything. */
    boolean isReadOnly() {
        return Boolean.TRUE.equals(properties.isReadOnly());
    }

    void touch() {
        touchedNanos = System.nanoTime();
    }

    long touchedNanos() {
        return touchedNanos;
    }

    /** A number that no statement has. */
    int nextStatementId() {
        return lastStatement.incrementAndGet();
    }

    OpenStatement create(OpenStatement.@Nullable Prepared prepared) {
        if (statements.size() >= maxStatements) {
            throw new DatasetDbException(
                    ServerError.TOO_MANY_STATEMENTS,
                    "Cannot create a statement: the connection has too many open ones (" + maxStatements + ")");
        }
        OpenStatement statement = new OpenStatement(nextStatementId(), prepared);
        statements.put(statement.id(), statement);
        return statement;
    }

    @Nullable
    OpenStatement find(int statementId) {
        return statements.get(statementId);
    }

    Collection<OpenStatement> statements() {
        return statements.values();
    }

    void closeStatement(int statementId) {
        OpenStatement statement = statements.remove(statementId);
        if (statement != null) {
            statement.close();
        }
    }

    /** Applies a client's changes and answers the state after them. */
    synchronized Meta.ConnectionProperties sync(Meta.ConnectionProperties changes) {
        use(changes.getCatalog(), changes.getSchema());
        properties.merge(changes);
        SessionOptions options = session.options();
        properties.setCatalog(options.namespace());
        properties.setSchema(options.project());
        properties.setDirty(false);
        return properties;
    }

    /** Goes where the properties of the connection say: a namespace alone means its usual project, else its first. */
    void begin(@Nullable String namespace, @Nullable String project) {
        if (namespace == null && project == null) {
            return;
        }
        String wanted = namespace == null ? session.options().namespace() : namespace;
        session.use(wanted, project == null ? projectOf(wanted, SessionOptions.DEFAULT_PROJECT) : project);
    }

    private void use(@Nullable String namespace, @Nullable String project) {
        SessionOptions options = session.options();
        if (namespace == null && project == null) {
            return;
        }
        // Avatica's own client repeats the project when only the namespace was changed.
        boolean isChosen = project != null && (namespace == null || !project.equalsIgnoreCase(options.project()));
        if (isChosen) {
            session.use(namespace == null ? options.namespace() : namespace, Objects.requireNonNull(project));
        } else {
            String wanted = Objects.requireNonNull(namespace);
            session.use(wanted, projectOf(wanted, options.project()));
        }
    }

    /** If only the namespace was changed: its project of the same name, else the usual one, else its first. */
    private String projectOf(String namespace, String current) {
        List<String> projects = session.metadata().projects(Listings.literal(namespace), null).stream()
                .map(SessionMetadata.Project::project)
                .toList();
        return Stream.of(current, SessionOptions.DEFAULT_PROJECT)
                .flatMap(wanted -> projects.stream().filter(wanted::equalsIgnoreCase))
                .findFirst()
                .orElse(projects.isEmpty() ? current : projects.get(0));
    }

    @Override
    public void close() {
        statements.keySet().forEach(this::closeStatement);
        session.close();
    }
}
