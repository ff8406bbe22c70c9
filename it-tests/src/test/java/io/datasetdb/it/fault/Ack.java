// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

/**
 * A deposit that has returned.
 *
 * @param version {@code namespace.project.dataset@version}
 * @param checksum of the rows that it must have
 */
record Ack(String version, String checksum) {
    private static final String WORD = "ACK ";

    static boolean isAck(String line) {
        return line.startsWith(WORD);
    }

    static Ack parse(String line) {
        String[] parts = line.split(" ");
        return new Ack(parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return WORD + version + " " + checksum;
    }
}
