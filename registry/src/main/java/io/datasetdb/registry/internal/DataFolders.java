// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.FunctionJars;
import io.datasetdb.registry.RegistryError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders of deposits, {@code data/<uuid>}, and of checkpoints, as they are on disk. Paths are relative to the warehouse. */
public record DataFolders(Path root) {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String CHECKPOINTS = "checkpoints";
    private static final Pattern CHECKPOINT = Pattern.compile("[0-9a-f]{32}\\." + UUID.pattern());
    private static final Pattern JAR = Pattern.compile("([0-9a-f]{64})\\.(jar|" + UUID.pattern() + "\\.tmp)");
    private static final Pattern PART = Pattern.compile("part-[0-9]{5,}\\.parquet");

    /**
     * What is in {@code data}.
     *
     * @param folders those that have the name of a deposit's
     * @param foreign everything else
     */
    public record Listing(List<String> folders, List<String> foreign) {}

    /** What a folder or file holds; {@code foreign} is the name of something in it that no deposit writes. */
    public record Size(long files, long bytes, @Nullable String foreign) {}

    /** The folder of a deposit that a path is, or is in. */
    public static String folder(String path) {
        int end = path.indexOf('/', Warehouse.DATA.length() + 1);
        return end < 0 ? path : path.substring(0, end);
    }

    /** Everything directly in {@code data}, by name. */
    public Listing list() {
        var folders = new ArrayList<String>();
        var foreign = new ArrayList<String>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(Warehouse.DATA))) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                boolean own = UUID.matcher(name).matches() && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
                (own ? folders : foreign).add(Warehouse.DATA + "/" + name);
            }
        } catch (NoSuchFileException e) {
            // Nothing was deposited yet.
        } catch (IOException e) {
            throw failure("list", Warehouse.DATA, e);
        }
        folders.sort(Comparator.naturalOrder());
        foreign.sort(Comparator.naturalOrder());
        return new Listing(folders, foreign);
    }

    /**
     * The checkpoints, {@code checkpoints/<key>.<run>}, to which nothing was added since a time; those that a program may be
     * writing to, which is all that are younger than a lease, are none of them.
     */
    public List<String> checkpoints(Instant before) {
        Instant lease = Instant.now().minus(Leases.LEASE);
        Instant latest = before.isBefore(lease) ? before : lease;
        var result = new ArrayList<String>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(CHECKPOINTS))) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (CHECKPOINT.matcher(name).matches()
                        && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(child).toInstant().isBefore(latest)) {
                    result.add(CHECKPOINTS + "/" + name);
                }
            }
        } catch (NoSuchFileException e) {
            // No save was ever cut off, or one of them goes just now.
        } catch (IOException e) {
            throw failure("list", CHECKPOINTS, e);
        }
        result.sort(Comparator.naturalOrder());
        return result;
    }

    /** Jars of functions, and what is left of attempts to keep one, that nobody may be creating functions from just now. */
    public List<String> jars() {
        Instant lease = Instant.now().minus(Leases.LEASE);
        var result = new ArrayList<String>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(FunctionJars.FOLDER))) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (JAR.matcher(name).matches()
                        && Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(child).toInstant().isBefore(lease)) {
                    result.add(FunctionJars.FOLDER + "/" + name);
                }
            }
        } catch (NoSuchFileException e) {
            // No function ever came from a jar, or one of them goes just now.
        } catch (IOException e) {
            throw failure("list", FunctionJars.FOLDER, e);
        }
        result.sort(Comparator.naturalOrder());
        return result;
    }

    /** What is below a path; nothing if it is gone. */
    public Size size(String path) {
        Path start = root.resolve(path);
        long files = 0;
        long bytes = 0;
        String foreign = null;
        try (Stream<Path> below = Files.walk(start)) {
            for (Path file : (Iterable<Path>) below::iterator) {
                if (file.equals(start) && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                files++;
                bytes += Files.size(file);
                if (!PART.matcher(file.getFileName().toString()).matches()
                        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    foreign = file.getFileName().toString();
                }
            }
        } catch (NoSuchFileException | java.io.UncheckedIOException e) {
            // It is being removed by somebody else.
            return new Size(files, bytes, foreign);
        } catch (IOException e) {
            throw failure("look into", path, e);
        }
        return new Size(files, bytes, foreign);
    }

    /** Removes a file, or a folder with what is in it; one that is gone is fine. */
    public void delete(String path) {
        Path start = root.resolve(path);
        try (Stream<Path> below = Files.walk(start)) {
            for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Somebody else was faster.
        } catch (IOException | java.io.UncheckedIOException e) {
            throw failure("delete", path, e);
        }
    }

    private DatasetDbException failure(String verb, String path, Exception cause) {
        return new DatasetDbException(
                RegistryError.FILE_FAILED,
                "Cannot " + verb + " " + path + ": " + cause.getMessage() + " (" + root + ")",
                cause);
    }
}
