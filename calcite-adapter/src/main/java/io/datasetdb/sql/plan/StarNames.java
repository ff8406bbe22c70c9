// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The names of a query's columns as its user wrote them. Where a star yields the column of two tables, Calcite calls the
 * second one id0; it is called id, so that whoever keeps the result sees that a name is there twice.
 */
final class StarNames {
    /** The aliases of the query as written; {@code null} if it has no star. */
    private final @Nullable Set<String> aliases;

    private StarNames(@Nullable Set<String> aliases) {
        this.aliases = aliases;
    }

    /** Of a query before its validation. */
    static StarNames of(SqlNode query) {
        SqlSelect select = first(query);
        Set<String> aliases = new HashSet<>();
        boolean hasStar = false;
        if (select != null) {
            for (SqlNode item : select.getSelectList()) {
                hasStar |= item instanceof SqlIdentifier name && name.isStar() || item.getKind() == SqlKind.OTHER;
                if (item.getKind() == SqlKind.AS) {
                    aliases.add(alias((SqlCall) item).toLowerCase(Locale.ROOT));
                }
            }
        }
        return new StarNames(hasStar ? aliases : null);
    }

    /** The names of the validated query's columns. */
    List<String> restore(SqlNode validated, List<String> names) {
        SqlSelect select = first(validated);
        if (aliases == null || select == null || select.getSelectList().size() != names.size()) {
            return names;
        }
        List<String> result = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String own = ownName(select.getSelectList().get(i), names.get(i));
            result.add(own == null ? names.get(i) : own);
        }
        return result;
    }

    /** The name of the column itself if its alias is that name with a number, which nobody wrote. */
    private @Nullable String ownName(SqlNode item, String name) {
        if (item.getKind() != SqlKind.AS
                || !(((SqlCall) item).operand(0) instanceof SqlIdentifier column)
                || aliases == null
                || aliases.contains(name.toLowerCase(Locale.ROOT))) {
            return null;
        }
        String own = Util.last(column.names);
        boolean numbered = name.length() > own.length()
                && name.startsWith(own)
                && name.substring(own.length()).chars().allMatch(Character::isDigit);
        return numbered ? own : null;
    }

    private static String alias(SqlCall as) {
        return ((SqlIdentifier) as.operand(1)).getSimple();
    }

    /** The select that names the columns. */
    private static @Nullable SqlSelect first(SqlNode query) {
        if (query instanceof SqlSelect select) {
            return select;
        }
        if (query instanceof SqlOrderBy ordered) {
            return first(ordered.query);
        }
        if (query instanceof SqlWith with) {
            return first(with.body);
        }
        boolean set = SqlKind.SET_QUERY.contains(query.getKind());
        return set ? first(((SqlCall) query).operand(0)) : null;
    }
}
