// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Users from a file: a line each, {@code user:sha256} with the hexadecimal SHA-256 of {@code user:password}; empty lines and
 * lines that start with {@code #} are skipped. {@link #line} makes one.
 */
public final class UserFile implements Authenticator {
    private final Map<String, byte[]> digests;

    private UserFile(Map<String, byte[]> digests) {
        this.digests = digests;
    }

    /** Reads the file once. */
    public static UserFile read(Path file) {
        Map<String, byte[]> digests = new HashMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new DatasetDbException(
                    ServerError.BAD_USER_FILE, "Cannot read the user file " + file + ": it is no readable file", e);
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.lastIndexOf(':');
            if (colon < 1 || !line.substring(colon + 1).matches("[0-9a-fA-F]{64}")) {
                throw new DatasetDbException(
                        ServerError.BAD_USER_FILE,
                        "Cannot read the user file " + file + ": line " + (i + 1) + " is not user:sha256");
            }
            digests.put(line.substring(0, colon), HexFormat.of().parseHex(line.substring(colon + 1)));
        }
        return new UserFile(digests);
    }

    /** The line for a user. */
    public static String line(String user, String password) {
        return user + ":" + HexFormat.of().formatHex(digest(user, password));
    }

    private static byte[] digest(String user, String password) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean accepts(String user, String password) {
        byte[] expected = digests.getOrDefault(user, new byte[32]);
        // Compared in constant time, also for unknown users.
        return MessageDigest.isEqual(expected, digest(user, password)) && digests.containsKey(user);
    }
}
