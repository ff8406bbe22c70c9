// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.ErrorCode;
import io.datasetdb.error.ErrorKind;

/** What can go wrong with names, versions and the database that keeps them. */
public enum RegistryError implements ErrorCode {
    UNDEFINED_NAMESPACE(ErrorKind.USER, "3F000"),
    UNDEFINED_PROJECT(ErrorKind.USER, "3F000"),
    UNDEFINED_DATASET(ErrorKind.USER, "42P01"),
    /** No complete version matches. */
    UNDEFINED_VERSION(ErrorKind.USER, "42P01"),
    /** The version was there and was dropped. */
    VERSION_DROPPED(ErrorKind.USER, "42P01"),
    UNDEFINED_COLUMN(ErrorKind.USER, "42703"),
    UNDEFINED_FUNCTION(ErrorKind.USER, "42883"),
    /** A view where a dataset is wanted, or the other way round. */
    WRONG_OBJECT(ErrorKind.USER, "42809"),
    DUPLICATE_NAMESPACE(ErrorKind.USER, "42P06"),
    DUPLICATE_PROJECT(ErrorKind.USER, "42P06"),
    DUPLICATE_DATASET(ErrorKind.USER, "42P07"),
    DUPLICATE_FUNCTION(ErrorKind.USER, "42723"),
    DUPLICATE_INDEX(ErrorKind.USER, "42710"),
    UNDEFINED_INDEX(ErrorKind.USER, "42704"),
    INVALID_NAME(ErrorKind.USER, "42602"),
    RESERVED_NAME(ErrorKind.USER, "42939"),
    INVALID_VERSION(ErrorKind.USER, "22023"),
    INVALID_RETENTION(ErrorKind.USER, "22023"),
    /** An explicit version number that was used before or lies below one that was. */
    VERSION_TOO_LOW(ErrorKind.USER, "22023"),
    /** A namespace or project that still holds something. */
    NOT_EMPTY(ErrorKind.USER, "2BP01"),
    NOT_A_WAREHOUSE(ErrorKind.USER, "55000"),
    /** A file that is no bundle, or a damaged one. */
    BAD_BUNDLE(ErrorKind.USER, "22000"),
    /** A draft that was committed, abandoned, or whose lease ran out. */
    DRAFT_GONE(ErrorKind.USER, "55000"),
    /** A file that is not what the draft says it is. */
    BAD_FILE(ErrorKind.BUG, "55000"),
    /** The registry was closed. */
    CLOSED(ErrorKind.USER, "08003"),
    READ_ONLY(ErrorKind.USER, "25006"),
    /** Others were faster; the same attempt may succeed now. */
    CONFLICT(ErrorKind.RESOURCE, "40001"),
    /** The dataset has a vector index of which the deposit does not know; it may be tried again with files for that. */
    INDEX_ADDED(ErrorKind.RESOURCE, "40001"),
    /** Other processes kept the registry locked for longer than a writer waits. */
    BUSY(ErrorKind.RESOURCE, "55P03"),
    DISK_FULL(ErrorKind.RESOURCE, "53100"),
    /** More results of system tables are open than the registry has connections for. */
    TOO_MANY_SCANS(ErrorKind.RESOURCE, "53300"),
    DAMAGED(ErrorKind.EXTERNAL, "XX001"),
    /** Written by a newer release. */
    NEWER_FORMAT(ErrorKind.USER, "0A000"),
    DATABASE_FAILED(ErrorKind.EXTERNAL, "58030"),
    /** A file or folder of the warehouse, or a bundle, that cannot be read, written or deleted. */
    FILE_FAILED(ErrorKind.EXTERNAL, "58030");

    private final ErrorKind kind;
    private final String sqlState;

    RegistryError(ErrorKind kind, String sqlState) {
        this.kind = kind;
        this.sqlState = sqlState;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String sqlState() {
        return sqlState;
    }
}
