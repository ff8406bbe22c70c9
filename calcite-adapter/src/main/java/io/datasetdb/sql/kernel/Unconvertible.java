// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

/**
 * Says that one value has no counterpart in another type. Cheap (no stack trace), because TRY_CAST meets it often; it never
 * leaves the kernels: casts turn it into an error that names the value, or into NULL.
 */
public final class Unconvertible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final KernelError code;

    /** @param reason completes "Cannot cast X to T: " */
    public Unconvertible(KernelError code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    public KernelError code() {
        return code;
    }

    /** The value is a number beyond the type's limits. */
    public static Unconvertible outOfRange() {
        return new Unconvertible(KernelError.NUMERIC_OVERFLOW, "it is out of range");
    }

    /** The text does not have the form that the type needs. */
    public static Unconvertible malformed() {
        return new Unconvertible(KernelError.INVALID_CAST, "it does not have the form of one");
    }
}
