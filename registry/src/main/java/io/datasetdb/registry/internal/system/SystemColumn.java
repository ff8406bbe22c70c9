// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import org.jspecify.annotations.Nullable;

/**
 * A column of a system table.
 *
 * @param field how SQL sees it
 * @param expression what it is in the database
 * @param form how the database's value becomes the column's
 * @param filter what conditions on the column are put to: the expression, or the key by which names are found
 * @param given what is true wherever a comparison of the column can be; said with it, because databases do not see that a
 *     comparison rules out rows without a partner in several joins at once, and then read the whole table
 */
public record SystemColumn(
        Field field,
        String expression,
        Form form,
        String filter,
        @Nullable String given) {
    /** How values are kept in the database. */
    public enum Form {
        /** As they are. */
        PLAIN,
        /** As they are; found by the name in lower case. */
        NAME,
        /** Microseconds since 1970-01-01 00:00:00 UTC. */
        TIME,
        /** A text list of items. */
        LIST,
        /** A text list of keys and values. */
        MAP,
        /** A path relative to the warehouse, shown as a URI. */
        URI
    }

    private SystemColumn(Field field, String expression, Form form, String filter) {
        this(field, expression, form, filter, null);
    }

    /** The column compared: {@code comparison} begins with an operator and is not met by NULL. */
    String where(String comparison) {
        return given == null ? filter + comparison : "(" + given + " AND " + filter + comparison + ")";
    }

    /** Text that is never NULL. */
    static SystemColumn text(String name, String expression) {
        return new SystemColumn(Field.required(name, DataType.VARCHAR), expression, Form.PLAIN, expression);
    }

    static SystemColumn nullableText(String name, String expression) {
        return new SystemColumn(Field.of(name, DataType.VARCHAR), expression, Form.PLAIN, expression);
    }

    /** A name of which {@code alias} has both the name and its key. */
    static SystemColumn named(String name, String alias) {
        return new SystemColumn(
                Field.required(name, DataType.VARCHAR), alias + ".name", Form.NAME, alias + ".name_key");
    }

    /** A part of a parent's name, of which there may be none. */
    static SystemColumn parentNamed(String name, String alias) {
        return new SystemColumn(
                Field.of(name, DataType.VARCHAR), alias + ".name", Form.NAME, alias + ".name_key", Joins.HAS_PARENT);
    }

    /** A name with the expression of its key. */
    static SystemColumn named(String name, String expression, String key) {
        return new SystemColumn(Field.required(name, DataType.VARCHAR), expression, Form.NAME, key);
    }

    static SystemColumn number(String name, String expression) {
        return new SystemColumn(Field.required(name, DataType.BIGINT), expression, Form.PLAIN, expression);
    }

    static SystemColumn nullableNumber(String name, String expression) {
        return new SystemColumn(Field.of(name, DataType.BIGINT), expression, Form.PLAIN, expression);
    }

    static SystemColumn integer(String name, String expression) {
        return new SystemColumn(Field.required(name, DataType.INTEGER), expression, Form.PLAIN, expression);
    }

    static SystemColumn decimal(String name, String expression) {
        return new SystemColumn(Field.required(name, DataType.DOUBLE), expression, Form.PLAIN, expression);
    }

    static SystemColumn bool(String name, String expression) {
        return new SystemColumn(Field.required(name, DataType.BOOLEAN), expression, Form.PLAIN, expression);
    }

    static SystemColumn time(String name, String expression) {
        return new SystemColumn(Field.required(name, DataType.TIMESTAMP), expression, Form.TIME, expression);
    }

    static SystemColumn nullableTime(String name, String expression) {
        return new SystemColumn(Field.of(name, DataType.TIMESTAMP), expression, Form.TIME, expression);
    }

    static SystemColumn list(String name, String expression) {
        return new SystemColumn(
                Field.required(name, DataType.array(DataType.VARCHAR)), expression, Form.LIST, expression);
    }

    static SystemColumn map(String name, String expression) {
        return new SystemColumn(
                Field.required(name, DataType.map(DataType.VARCHAR, DataType.VARCHAR)),
                expression,
                Form.MAP,
                expression);
    }

    static SystemColumn uri(String name, String expression) {
        return new SystemColumn(Field.required(name, DataType.VARCHAR), expression, Form.URI, expression);
    }
}
