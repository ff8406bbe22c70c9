// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.VersionSelector;

/** A dataset as it is named on the command line: {@code NAME} or {@code NAME@V}, where V may be a range. */
record NameArgument(DatasetName name, VersionSelector selector) {
    /** What the parameter is called in help texts. */
    static final String LABEL = "NAME[@V]";

    /** Reads {@code text}; what it does not say is as in {@code catalog}. */
    static NameArgument parse(String text, Catalog catalog) {
        int at = text.indexOf('@');
        DatasetName name =
                DatasetName.parse(at < 0 ? text : text.substring(0, at), catalog.namespace(), catalog.project());
        return new NameArgument(name, at < 0 ? VersionSelector.LATEST : VersionSelector.parse(text.substring(at + 1)));
    }

    /** Whether a version was named, if only by a range. */
    boolean hasVersion() {
        return !(selector instanceof VersionSelector.Latest);
    }

    @Override
    public String toString() {
        return hasVersion() ? name + "@" + selector : name.toString();
    }
}
