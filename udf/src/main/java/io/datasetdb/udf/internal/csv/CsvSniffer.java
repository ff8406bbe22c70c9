// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.udf.internal.file.FileBytes;
import io.datasetdb.vector.Batch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** Finds out which delimiter a file uses: the one that cuts most of its first records into the same number of fields. */
final class CsvSniffer {
    private static final char[] DELIMITERS = {',', '|', ';', '\t'};
    private static final int PREFIX = 1 << 18;

    private CsvSniffer() {}

    static CsvDialect sniff(Storage storage, String location, CsvOptions options) {
        CsvDialect dialect = options.dialect();
        if (options.delimiter() != null) {
            return dialect;
        }
        byte[] prefix = prefix(storage, location);
        CsvDialect best = dialect;
        double bestScore = 0;
        for (char delimiter : DELIMITERS) {
            CsvDialect candidate = dialect.withDelimiter(delimiter);
            double score = score(prefix, location, candidate, options.skip());
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private static byte[] prefix(Storage storage, String location) {
        InputStream stream = FileBytes.open(storage, location);
        try {
            byte[] bytes = new byte[PREFIX];
            return Arrays.copyOf(bytes, FileBytes.readFully(stream, bytes, 0, location));
        } finally {
            FileBytes.close(stream, location);
        }
    }

    /**
     * The share of records that have as many fields as most have, 0 if that is one field or few agree; among equals, more
     * fields win a little.
     */
    private static double score(byte[] prefix, String location, CsvDialect dialect, long skip) {
        int[] counts = new int[Batch.SIZE];
        int records = 0;
        try (CsvRecords reader = new CsvRecords(new ByteArrayInputStream(prefix), location, dialect)) {
            reader.skipLines(skip);
            while (records < counts.length && reader.next()) {
                if (!reader.isBlank()) {
                    counts[records++] = reader.size();
                }
            }
        } catch (DatasetDbException e) {
            // Quotes do not pair up under this delimiter, or the prefix ends inside them; the records before count.
            records = Math.max(0, records - 1);
        }
        if (prefix.length == PREFIX && records > 1) {
            records--;
        }
        if (records == 0) {
            return 0;
        }
        int[] sorted = Arrays.copyOf(counts, records);
        Arrays.sort(sorted);
        int mode = sorted[0];
        int modeCount = 0;
        for (int i = 0, run = 0; i < records; i++) {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            if (run >= modeCount) {
                modeCount = run;
                mode = sorted[i];
            }
        }
        double share = (double) modeCount / records;
        return mode == 1 || share < 0.5 ? 0 : share + Math.min(mode, 1000) * 1e-4;
    }
}
