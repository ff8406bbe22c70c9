// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.registry.internal.FileCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The jars of users' functions, kept in the warehouse as {@code functions/<SHA-256>.jar}: a function goes on meaning what it
 * meant, whatever becomes of the file that it was created from.
 */
public record FunctionJars(Path root) {
    /** Relative to the warehouse. */
    public static final String FOLDER = "functions";

    /** Whether a text has the form of a hash. */
    public static boolean isHash(String text) {
        return text.matches("[0-9a-f]{64}");
    }

    /** Where the jar with a hash is, relative to the warehouse. */
    public String path(String sha256) {
        return FOLDER + "/" + sha256 + ".jar";
    }

    /** Lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(FileCheck.sha256().digest(bytes));
    }

    /** Keeps a jar, durably; one that is damaged gives way. For a lease's time it is safe from being collected. */
    public void keep(String sha256, byte[] bytes) throws IOException {
        if (touch(sha256) && problem(sha256).isEmpty()) {
            return;
        }
        Path kept = root.resolve(path(sha256));
        Path folder = Files.createDirectories(root.resolve(FOLDER));
        Path written = folder.resolve(sha256 + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(written, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a jar look as if it was written now; false if that cannot be. */
    private boolean touch(String sha256) {
        try {
            Files.setLastModifiedTime(root.resolve(path(sha256)), FileTime.from(Instant.now()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The bytes of a jar, checked against its hash. */
    public byte[] read(String sha256) throws IOException {
        byte[] bytes = Files.readAllBytes(root.resolve(path(sha256)));
        if (!sha256(bytes).equals(sha256)) {
            throw new IOException("it is damaged");
        }
        return bytes;
    }

    /** What is wrong with a jar that should be there, as the end of a sentence that begins with "its jar". */
    public Optional<String> problem(String sha256) {
        try {
            read(sha256);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of("is missing");
        } catch (IOException e) {
            return Optional.of(
                    "it is damaged".equals(e.getMessage()) ? "is damaged" : "cannot be read, " + FileCheck.reason(e));
        }
    }
}
