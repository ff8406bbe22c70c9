// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What deposits record of classes of the program, so that a changed one is noticed. */
public final class ClassHash {
    /** What a class file that cannot be seen has for a hash. */
    static final String UNKNOWN = "unknown";

    private ClassHash() {}

    /** SHA-256 of the class file. */
    public static String of(Class<?> type) {
        return of(type.getName(), loader(type));
    }

    /** SHA-256 of the class file, {@link #UNKNOWN} if the loader does not show it. */
    static String of(String className, ClassLoader loader) {
        try (InputStream file = loader.getResourceAsStream(className.replace('.', '/') + ".class")) {
            return file == null ? UNKNOWN : sha256(file);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** SHA-256 of what a stream yields. */
    static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static ClassLoader loader(Class<?> type) {
        ClassLoader own = type.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }
}
