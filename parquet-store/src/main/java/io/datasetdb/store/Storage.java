// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A place for write-once files, in five verbs. What every implementation promises:
 *
 * <ul>
 *   <li>{@link #create} fails if the file exists, also when two callers race for it; the bytes are readable by others only
 *       once the output is closed, and are on stable storage once {@link Output#close()} and {@link #sync} have returned;
 *   <li>a file never changes after it was closed;
 *   <li>{@link #list} yields every file that was closed before the call began;
 *   <li>locations are URIs or plain local paths, resolved against the storage's root if relative;
 *   <li>failures are {@link io.datasetdb.error.DatasetDbException}s with a {@link StoreError} that name the location.
 * </ul>
 */
public interface Storage extends AutoCloseable {
    /** Bytes being written to a new file. Closing it makes the file durable; closing without {@link #commit} removes it. */
    interface Output extends AutoCloseable {
        /** Appends all remaining bytes. */
        void write(ByteBuffer bytes);

        /** Bytes written so far. */
        long position();

        /** Declares the file complete: {@link #close()} then keeps it. */
        void commit();

        @Override
        void close();
    }

    /** A file open for reading at any position; safe for several threads. */
    interface Input extends AutoCloseable {
        /** The file's size in bytes. */
        long size();

        /** Fills {@code target} from {@code position} on; fails if the file ends before. */
        void readFully(long position, ByteBuffer target);

        /** The location as messages name it. */
        String location();

        /**
         * A number that is another one for a file that has replaced this one, as far as the storage can tell; 0 if it cannot.
         * What was read of a file may be kept and used for as long as this and its size stay.
         */
        default long version() {
            return 0;
        }

        @Override
        void close();
    }

    /**
     * Starts a new file, with its folders; fails with {@link StoreError#FILE_EXISTS} if there is one. If another caller
     * creates it meanwhile, an object store says so only when the output is closed.
     */
    Output create(String location);

    /**
     * Starts a file for others, who never meet half of it: under its name there is nothing before the output is closed and
     * the file complete, also after a crash, wherever the storage can do so. Fails as {@link #create} does, unless {@code
     * replace} says that a file of this name gives way to the new one when that is complete.
     */
    Output publish(String location, boolean replace);

    /**
     * Gives a folder another name in one step, that of another folder if {@code replace} says so, which then is deleted.
     *
     * @return false, and nothing has changed, if the storage has no such step
     */
    default boolean moveFolder(String from, String to, boolean replace) {
        return false;
    }

    /** Opens a file; fails with {@link StoreError#FILE_NOT_FOUND} if there is none. */
    Input open(String location);

    /** Hands every file below {@code location} (a folder or prefix; or the one file it names) to {@code consumer}. */
    void list(String location, Consumer<StorageEntry> consumer);

    /**
     * As {@link #list(String, Consumer)}, but nothing below a folder whose path (as in {@link StorageEntry#path()}) {@code
     * enter} refuses need be looked at. Storages that know no folders hand over everything all the same.
     */
    default void list(String location, java.util.function.Predicate<String> enter, Consumer<StorageEntry> consumer) {
        list(location, consumer);
    }

    /** Removes a file, or a folder with all that is below it. Does nothing if there is none. */
    void delete(String location);

    /** How many bytes there is room for at a location; as many as can be said where the storage does not tell. */
    default long free(String location) {
        return Long.MAX_VALUE;
    }

    /** Makes the creation of files directly in this folder durable. */
    void sync(String location);

    @Override
    void close();
}
