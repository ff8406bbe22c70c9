// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DropMode;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlComment;
import io.datasetdb.sql.parse.SqlCreateNamespace;
import io.datasetdb.sql.parse.SqlCreateProject;
import io.datasetdb.sql.parse.SqlCreateView;
import io.datasetdb.sql.parse.SqlDropDataset;
import io.datasetdb.sql.parse.SqlDropNamespace;
import io.datasetdb.sql.parse.SqlDropProject;
import io.datasetdb.sql.parse.SqlDropVectorIndex;
import io.datasetdb.sql.parse.SqlDropView;
import io.datasetdb.sql.parse.SqlRename;
import io.datasetdb.sql.parse.SqlSetLabels;
import io.datasetdb.sql.parse.SqlSetRetention;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The statements that are one call of the registry. */
public final class Commands {
    /** Of how many parts a dataset's name is at most. */
    private static final int DATASET_PARTS = 3;

    private final StatementContext context;
    private final Registry registry;

    public Commands(StatementContext context) {
        this.context = context;
        this.registry = context.registry();
    }

    /** The command of a node; empty if the node is no such statement. */
    public Optional<Command> of(SqlNode node, String sql) {
        if (node instanceof SqlDropDataset drop) {
            return command(sql, () -> drop(drop));
        }
        if (node instanceof SqlCreateView create) {
            return command(sql, () -> ViewStatements.create(context, create, sql));
        }
        if (node instanceof SqlDropView drop) {
            return command(sql, () -> ViewStatements.drop(context, drop));
        }
        if (node instanceof SqlDropVectorIndex drop) {
            return command(sql, () -> dropIndex(drop));
        }
        if (node instanceof SqlRename rename) {
            return command(sql, () -> rename(rename));
        }
        if (node instanceof SqlComment comment) {
            return command(sql, () -> comment(comment));
        }
        if (node instanceof SqlSetLabels labels) {
            return command(sql, () -> labels(labels));
        }
        if (node instanceof SqlSetRetention retention) {
            return command(sql, () -> retention(retention));
        }
        if (node instanceof SqlCreateNamespace create) {
            return command(sql, () -> createNamespace(create));
        }
        if (node instanceof SqlCreateProject create) {
            return command(sql, () -> createProject(create));
        }
        if (node instanceof SqlDropNamespace drop) {
            return command(sql, () -> dropNamespace(drop));
        }
        if (node instanceof SqlDropProject drop) {
            return command(sql, () -> dropProject(drop));
        }
        return Optional.empty();
    }

    private Optional<Command> command(String sql, java.util.function.Supplier<String> action) {
        return Optional.of(new Command(sql, context.running(), true, action));
    }

    private String drop(SqlDropDataset node) {
        if (node.name().isSimple()
                && node.version() == null
                && context.session().drop(node.name().getSimple())) {
            return "Dropped temporary dataset " + node.name().getSimple();
        }
        DatasetName name = context.name(node.name());
        if (node.ifExists() && registry.dataset(name).isEmpty()) {
            return "There is no dataset " + name;
        }
        String version = node.version();
        Optional<VersionSelector> selector =
                Optional.ofNullable(version).map(text -> new VersionSelector.Exact(SemanticVersion.parse(text)));
        if (node.ifExists()
                && selector.isPresent()
                && registry.find(name, selector.get()).isEmpty()) {
            return "There is no dataset " + name + "@" + version;
        }
        List<String> removals = registry.drop(name, selector, node.purge() ? DropMode.PURGE : DropMode.KEEP_FILES)
                .removals();
        remove(name, removals);
        return "Dropped dataset " + name + (version == null ? "" : "@" + version);
    }

    private void remove(DatasetName name, List<String> removals) {
        if (!removals.isEmpty()) {
            Set<UUID> versions =
                    registry.versions(name).stream().map(DatasetVersion::uuid).collect(Collectors.toSet());
            context.running().readers().whenUnread(versions, () -> registry.remove(removals));
        }
    }

    private String dropIndex(SqlDropVectorIndex node) {
        context.changeable(node.name());
        DatasetName name = Changes.target(context, node.name());
        String column = node.column().getSimple();
        try {
            remove(name, registry.vectorIndexes().drop(name, column));
        } catch (DatasetDbException e) {
            SqlNode place = e.code() == RegistryError.UNDEFINED_DATASET ? node.name() : node.column();
            throw new DatasetDbException(e.code(), e.getMessage() + Changes.at(place), e);
        }
        return "Dropped vector index on column " + column + " of dataset " + name;
    }

    private String rename(SqlRename node) {
        DatasetName from = context.changeable(node.name());
        // A new name of one part stays in the old one's project, not in the session's.
        DatasetName to =
                node.newName().isSimple() ? from.withName(node.newName().getSimple()) : context.name(node.newName());
        if (node.isView()) {
            registry.renameView(from, to);
            return "Renamed view " + from + " to " + to;
        }
        registry.rename(from, to);
        return "Renamed dataset " + from + " to " + to;
    }

    private String comment(SqlComment node) {
        return switch (node.subject()) {
            case DATASET -> {
                DatasetName name = context.changeable(node.name());
                registry.setComment(name, node.comment());
                yield "Commented on dataset " + name;
            }
            case VIEW -> {
                DatasetName name = context.name(node.name());
                registry.setViewComment(name, node.comment());
                yield "Commented on view " + name;
            }
            case COLUMN -> commentColumn(node.name(), node.comment());
        };
    }

    /** {@code a.b.c} is column c of dataset a.b, or else a field of column b of dataset a. */
    private String commentColumn(SqlIdentifier path, @Nullable String comment) {
        int parts = path.names.size();
        DatasetName whole = context.changeable(path.getComponent(0, parts - 1));
        for (int i = 1; i < Math.min(parts - 1, DATASET_PARTS + 1); i++) {
            DatasetName name = context.name(path.getComponent(0, i));
            if (registry.dataset(name).isPresent() && registry.dataset(whole).isEmpty()) {
                throw new DatasetDbException(
                        SqlError.UNSUPPORTED,
                        "Cannot comment on a field: only whole columns have comments ("
                                + String.join(".", path.names.subList(i, parts)) + " of dataset " + name + ")");
            }
        }
        registry.setColumnComment(whole, path.names.get(parts - 1), comment);
        return "Commented on column " + path.names.get(parts - 1) + " of dataset " + whole;
    }

    private String labels(SqlSetLabels node) {
        DatasetName name = context.changeable(node.name());
        registry.setLabels(name, Objects.requireNonNull(StatementContext.checked(name, node.labels())));
        return "Labelled dataset " + name;
    }

    private String retention(SqlSetRetention node) {
        DatasetName name = context.changeable(node.name());
        OptionalLong versions = node.versions();
        registry.setRetention(name, versions);
        return "Dataset " + name + " keeps "
                + (versions.isEmpty()
                        ? "all versions"
                        : versions.getAsLong() == 1 ? "1 version" : versions.getAsLong() + " versions");
    }

    private String createNamespace(SqlCreateNamespace node) {
        String name = part(node.name());
        if (node.ifNotExists() && exists(name, null)) {
            return "Namespace " + name + " exists";
        }
        registry.createNamespace(name);
        return "Created namespace " + name;
    }

    private String createProject(SqlCreateProject node) {
        String namespace = namespace(node.name());
        String project = last(node.name());
        if (node.ifNotExists() && exists(namespace, project)) {
            return "Project " + namespace + "." + project + " exists";
        }
        registry.createProject(namespace, project);
        return "Created project " + namespace + "." + project;
    }

    private String dropNamespace(SqlDropNamespace node) {
        String name = part(node.name());
        if (node.ifExists() && !exists(name, null)) {
            return "There is no namespace " + name;
        }
        registry.dropNamespace(name);
        return "Dropped namespace " + name;
    }

    private String dropProject(SqlDropProject node) {
        String namespace = namespace(node.name());
        String project = last(node.name());
        if (node.ifExists() && !exists(namespace, project)) {
            return "There is no project " + namespace + "." + project;
        }
        registry.dropProject(namespace, project);
        return "Dropped project " + namespace + "." + project;
    }

    private boolean exists(String namespace, @Nullable String project) {
        return project == null
                ? registry.namespaces().stream().anyMatch(namespace::equalsIgnoreCase)
                : registry.projects().stream()
                        .anyMatch(known -> known.namespace().equalsIgnoreCase(namespace)
                                && known.name().equalsIgnoreCase(project));
    }

    private String namespace(SqlIdentifier name) {
        return switch (name.names.size()) {
            case 1 -> context.options().namespace();
            case 2 -> name.names.get(0);
            default -> throw tooLong(name);
        };
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }

    private static String part(SqlIdentifier name) {
        if (!name.isSimple()) {
            throw tooLong(name);
        }
        return name.getSimple();
    }

    private static DatasetDbException tooLong(SqlIdentifier name) {
        return new DatasetDbException(
                SqlError.INVALID_STATEMENT, "Cannot use the name: it has too many parts (" + name + ")");
    }
}
