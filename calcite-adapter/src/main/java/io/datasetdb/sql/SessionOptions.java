// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.sql.exec.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Who opens a session, where unqualified names lead, and how statements run.
 *
 * @param user the authenticated or declared user
 * @param author recorded with every deposit
 * @param client what kind of client it is, recorded with every job ({@code shell}, {@code jdbc}, {@code java}, …)
 * @param namespace default namespace
 * @param project default project
 * @param scriptName path of the script whose statements this session runs, recorded with every deposit
 * @param script the whole text of that script
 * @param settings how statements are planned and run
 */
public record SessionOptions(
        String user,
        String author,
        String client,
        String namespace,
        String project,
        @Nullable String scriptName,
        @Nullable String script,
        Settings settings) {
    /** Namespace of unqualified names unless told otherwise. */
    public static final String DEFAULT_NAMESPACE = "main";

    /** Project of unqualified names unless told otherwise. */
    public static final String DEFAULT_PROJECT = "public";

    /** Options with the settings that fit this machine. */
    public SessionOptions(
            String user,
            String author,
            String client,
            String namespace,
            String project,
            @Nullable String scriptName,
            @Nullable String script) {
        this(user, author, client, namespace, project, scriptName, script, Settings.ofMachine());
    }

    /** A session of this user, who is the author too, with all defaults. */
    public static SessionOptions of(String user) {
        return new SessionOptions(user, user, "java", DEFAULT_NAMESPACE, DEFAULT_PROJECT, null, null);
    }

    /** The same session with other defaults. */
    public SessionOptions withProject(String newNamespace, String newProject) {
        return new SessionOptions(user, author, client, newNamespace, newProject, scriptName, script, settings);
    }

    /** The same session of another user. */
    public SessionOptions withUser(String newUser) {
        return new SessionOptions(newUser, author, client, namespace, project, scriptName, script, settings);
    }

    /** The same session with other settings. */
    public SessionOptions withSettings(Settings newSettings) {
        return new SessionOptions(user, author, client, namespace, project, scriptName, script, newSettings);
    }
}
