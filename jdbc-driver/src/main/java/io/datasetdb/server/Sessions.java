// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.jdbc.internal.ClientProperty;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.Setting;
import io.datasetdb.sql.exec.Settings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * All connections of an engine by caller and id. Of the properties that clients send only those of {@link ClientProperty}
 * are looked at; nothing else reaches the engine.
 */
final class Sessions implements AutoCloseable {
    private final Engine engine;
    private final SessionLimits limits;
    private final Authenticator authenticator;
    private final Map<Key, SessionConnection> connections = new ConcurrentHashMap<>();

    /** Who may use which connection. */
    private record Key(Caller caller, String id) {}

    Sessions(Engine engine, SessionLimits limits, Authenticator authenticator) {
        this.engine = engine;
        this.limits = limits;
        this.authenticator = authenticator;
    }

    /** Opens a connection; opening it again changes nothing, since a client may send the request twice. */
    void open(Caller caller, String id, Map<String, String> info) {
        checkId(id);
        String user = user(caller, info);
        Key key = new Key(caller, id);
        SessionConnection connection;
        synchronized (connections) {
            if (connections.containsKey(key)) {
                return;
            }
            if (connections.size() >= limits.connections()) {
                throw new DatasetDbException(
                        ServerError.TOO_MANY_CONNECTIONS,
                        "Cannot connect: there are too many connections (" + limits.connections() + ")");
            }
            Session session = engine.openSession(options(caller, user, info));
            boolean packets = get(info, ClientProperty.PACKETS) != null;
            connection = new SessionConnection(id, session, packets, limits.statements());
            connections.put(key, connection);
        }
        try {
            connection.begin(name(info, ClientProperty.NAMESPACE), name(info, ClientProperty.PROJECT));
        } catch (DatasetDbException e) {
            close(caller, id);
            throw e;
        }
    }

    /** Ids are chosen by clients; where strangers may call, they must be too long to guess. */
    private void checkId(String id) {
        int least = authenticator.isOpen() ? 1 : 22;
        if (id.length() < least || id.length() > 200) {
            throw new DatasetDbException(
                    ServerError.BAD_REQUEST,
                    "Cannot connect: the connection id must have " + least + " to 200 characters (" + id.length()
                            + ")");
        }
    }

    private String user(Caller caller, Map<String, String> info) {
        String declared = get(info, ClientProperty.USER);
        if (!caller.login().isEmpty()) {
            return caller.login();
        }
        String user = declared == null || declared.isBlank() ? "anonymous" : declared;
        String password = get(info, ClientProperty.PASSWORD);
        if (!authenticator.accepts(user, password == null ? "" : password)) {
            throw new DatasetDbException(
                    ServerError.NOT_AUTHENTICATED, "Cannot connect: user or password is wrong (" + user + ")");
        }
        return user;
    }

    private static SessionOptions options(Caller caller, String user, Map<String, String> info) {
        boolean inProcess = caller.equals(Caller.IN_PROCESS);
        String author = get(info, ClientProperty.AUTHOR);
        return new SessionOptions(
                user,
                inProcess && author != null && !author.isBlank() ? author : user,
                orElse(get(info, ClientProperty.CLIENT), "jdbc"),
                orElse(get(info, ClientProperty.NAMESPACE), SessionOptions.DEFAULT_NAMESPACE),
                orElse(get(info, ClientProperty.PROJECT), SessionOptions.DEFAULT_PROJECT),
                get(info, ClientProperty.SOURCE),
                get(info, ClientProperty.SOURCE_TEXT),
                settings(info));
    }

    private static Settings settings(Map<String, String> info) {
        Settings settings = Settings.ofMachine();
        for (Setting setting : Setting.values()) {
            String text = info.get(setting.key());
            settings = text == null ? settings : setting.with(settings, text, "");
        }
        return settings;
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null || value.isBlank() ? fallback : value;
    }

    private static @Nullable String get(Map<String, String> info, ClientProperty property) {
        return info.get(property.key());
    }

    /** Null for what is not given, or is blank. */
    private static @Nullable String name(Map<String, String> info, ClientProperty property) {
        String value = get(info, property);
        return value == null || value.isBlank() ? null : value;
    }

    /** The caller's connection of this id. */
    SessionConnection find(Caller caller, String id) {
        SessionConnection connection = connections.get(new Key(caller, id));
        if (connection == null) {
            throw new NoSuchConnectionException(id);
        }
        connection.touch();
        return connection;
    }

    /** Whether somebody is known: has logged in, or has a connection. */
    boolean knows(Caller caller) {
        return authenticator.isOpen()
                || !caller.login().isEmpty()
                || connections.keySet().stream().anyMatch(key -> key.caller().equals(caller));
    }

    void close(Caller caller, String id) {
        SessionConnection connection = connections.remove(new Key(caller, id));
        if (connection != null) {
            connection.close();
        }
    }

    void cancel(Caller caller, String id, int statementId) {
        OpenStatement statement = find(caller, id).find(statementId);
        if (statement != null) {
            statement.cancel();
        }
    }

    int size() {
        return connections.size();
    }

    /** Cancels statements that nobody waits for, and closes connections that nobody uses. */
    void expire(long nowNanos) {
        connections.forEach((key, connection) -> {
            long idle = nowNanos - connection.touchedNanos();
            for (OpenStatement statement : connection.statements()) {
                ResultStream stream = statement.stream();
                if (stream == null) {
                    continue;
                }
                long unread = nowNanos - stream.touchedNanos();
                idle = Math.min(idle, unread);
                if (unread > limits.lease().toNanos()) {
                    statement.expire(limits.lease());
                }
            }
            if (idle > limits.idle().toNanos() && connections.remove(key, connection)) {
                connection.close();
            }
        });
    }

    @Override
    public void close() {
        connections.keySet().forEach(key -> close(key.caller(), key.id()));
    }
}
