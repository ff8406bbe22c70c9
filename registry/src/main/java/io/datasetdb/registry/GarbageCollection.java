// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.internal.DataFolders;
import io.datasetdb.registry.internal.GarbageSql;
import io.datasetdb.registry.internal.VersionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what no version needs any more from a warehouse: folders of deposits that never came to their end, files that
 * were given up, files of versions that were dropped long ago, listings that newer ones took the place of, and versions
 * beyond their dataset's retention, checkpoints that nobody went on from, and jars of functions that are gone. Safe while other processes deposit and read: a deposit's folder is its own until its
 * lease has run out, and files that somebody reads stay for the next time. Whatever is interrupted is taken up by the next
 * run. What is not known to be this warehouse's own is named and never touched.
 */
public final class GarbageCollection {
    /** For how long files of dropped versions and superseded listings are kept unless told otherwise. */
    public static final Duration KEEP = Duration.ofDays(7);

    private final Registry registry;
    private final DataFolders folders;
    private final Duration keep;

    /** {@code keep} is for how long files of dropped versions and superseded listings stay. */
    public GarbageCollection(Registry registry, Duration keep) {
        this.registry = registry;
        this.folders = new DataFolders(registry.root());
        this.keep = keep;
    }

    /** What there is now; changes nothing, and works where nothing can be written. */
    public List<Garbage> find() {
        return plan().stream().map(Found::garbage).toList();
    }

    /** {@code files} of a version that are to be given up. */
    private record Found(Garbage garbage, List<String> files) {
        Found(Garbage garbage) {
            this(garbage, List.of());
        }
    }

    private List<Found> plan() {
        var found = new ArrayList<Found>();
        Instant before = Instant.now().minus(keep);
        // Folders first: one that is listed before the registry is asked belongs to nobody if the registry does not
        // know it.
        DataFolders.Listing listing = folders.list();
        List<GarbageSql.Version> versions =
                registry.database().read("find garbage", sql -> GarbageSql.versions(sql, before));
        for (GarbageSql.Version version : versions) {
            Garbage garbage = new Garbage(
                    version.kind(),
                    version.row().ref(),
                    null,
                    version.files().size(),
                    version.bytes(),
                    reason(version));
            found.add(new Found(garbage, version.files()));
        }
        List<String> removals = registry.removals();
        for (String path : removals) {
            DataFolders.Size size = folders.size(path);
            found.add(new Found(new Garbage(
                    Garbage.Kind.PURGED, null, path, size.files(), size.bytes(), "its files were given up")));
        }
        List<String> unowned = registry.database()
                .read("find unowned folders", sql -> GarbageSql.unowned(sql, listing.folders(), Set.copyOf(removals)));
        for (String folder : unowned) {
            found.add(new Found(orphan(folder)));
        }
        folders.checkpoints(before).forEach(folder -> found.add(new Found(checkpoint(folder))));
        unusedJars(folders.jars()).forEach(jar -> found.add(new Found(jar(jar))));
        for (String path : listing.foreign()) {
            found.add(new Found(new Garbage(Garbage.Kind.FOREIGN, null, path, -1, 0, "it is no deposit's folder")));
        }
        return found;
    }

    private Garbage checkpoint(String folder) {
        DataFolders.Size size = folders.size(folder);
        return new Garbage(
                Garbage.Kind.CHECKPOINT, null, folder, size.files(), size.bytes(), "nobody went on with its save");
    }

    private List<String> unusedJars(List<String> jars) {
        return registry.database().read("find unused jars", sql -> GarbageSql.unusedJars(sql, jars));
    }

    private Garbage jar(String path) {
        return new Garbage(
                Garbage.Kind.JAR, null, path, 1, folders.size(path).bytes(), "no function or version refers to it");
    }

    private Garbage orphan(String folder) {
        DataFolders.Size size = folders.size(folder);
        return size.foreign() == null
                ? new Garbage(
                        Garbage.Kind.ORPHAN, null, folder, size.files(), size.bytes(), "its deposit was never finished")
                : new Garbage(
                        Garbage.Kind.FOREIGN, null, folder, -1, 0, "it holds a file of others, " + size.foreign());
    }

    private static String reason(GarbageSql.Version version) {
        VersionRow row = version.row();
        return switch (version.kind()) {
            case DROPPED -> "it was dropped on " + row.droppedAt();
            case LISTING -> "a newer listing took its place";
            case EXCESS -> "its dataset keeps fewer versions";
            case ORPHAN, PURGED, CHECKPOINT, JAR, FOREIGN -> throw new IllegalStateException(version.toString());
        };
    }

    /**
     * Removes what there is now.
     *
     * @param progress how many of the things found are done
     * @return what is gone, and what is foreign; what somebody still uses is in neither
     * @throws DatasetDbException {@link RegistryError#READ_ONLY}, or that a file could not be deleted; the next run goes on
     *     from there
     */
    public List<Garbage> collect(Progress progress) {
        List<Found> plan = plan();
        Instant before = Instant.now().minus(keep);
        List<String> given = registry.database().write("give up files", sql -> GarbageSql.giveUp(sql, before));
        var gone = new ArrayList<Garbage>();
        Set<String> kept = new HashSet<>(given);
        kept.removeAll(registry.remove(given));
        for (int i = 0; i < plan.size(); i++) {
            progress.at(i, plan.size());
            Found found = plan.get(i);
            boolean inUse = found.files.stream()
                    .anyMatch(path -> kept.contains(path) || kept.contains(DataFolders.folder(path)));
            if (!inUse && collect(found.garbage)) {
                gone.add(found.garbage);
            }
        }
        progress.at(plan.size(), plan.size());
        return gone;
    }

    private boolean collect(Garbage garbage) {
        return switch (garbage.kind()) {
            case DROPPED, LISTING, EXCESS, FOREIGN -> true;
            case PURGED ->
                !registry.remove(List.of(String.valueOf(garbage.path()))).isEmpty();
            case CHECKPOINT -> {
                folders.delete(String.valueOf(garbage.path()));
                yield true;
            }
            case JAR -> {
                // Somebody may have come back to it: who is about to refer to it has touched it before.
                List<String> still = new ArrayList<>(unusedJars(List.of(String.valueOf(garbage.path()))));
                still.retainAll(folders.jars());
                still.forEach(folders::delete);
                yield !still.isEmpty();
            }
            case ORPHAN -> {
                List<String> still = registry.unowned(List.of(String.valueOf(garbage.path())));
                still.forEach(folders::delete);
                yield !still.isEmpty();
            }
        };
    }
}
