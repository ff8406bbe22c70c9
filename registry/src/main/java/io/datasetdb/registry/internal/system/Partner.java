// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of which each row has exactly one row, or one or none: joining it makes rows neither more nor fewer, so that it is
 * joined only where something is taken from it. Databases do not see that by themselves.
 *
 * @param alias as other parts of the query name it
 * @param join with the condition, which may use aliases that come before
 */
record Partner(String alias, String join) {
    /** {@code from} with the partners that {@code uses} names, and those that these need. */
    static String joined(String from, List<Partner> partners, String uses) {
        String text = uses;
        String joins = "";
        for (int i = partners.size() - 1; i >= 0; i--) {
            Partner partner = partners.get(i);
            if (partner.isNamedIn(text)) {
                text += " " + partner.join;
                joins = " " + partner.join + joins;
            }
        }
        return from + joins;
    }

    private boolean isNamedIn(String text) {
        return Pattern.compile("\\b" + alias + "\\.").matcher(text).find();
    }
}
