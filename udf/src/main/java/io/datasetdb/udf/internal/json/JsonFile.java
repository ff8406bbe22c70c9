// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.Storage;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.internal.file.FileBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** Steps through the records of one JSON file: values one after the other, or the elements of arrays of them. */
final class JsonFile implements AutoCloseable {
    /** How records stand in a file. */
    enum Format {
        /** An array at the top is a list of records, anything else is a record. */
        AUTO,
        /** Values one after the other; an array is a record too. */
        NEWLINE,
        /** One array of records. */
        ARRAY
    }

    /** How the parser's messages write a place within its source. */
    private static final Pattern INNER_LOCATION = Pattern.compile("\\[Source: [^;]*; ([^\\]]*)\\]");

    /** The longest text of a value, in characters. */
    private static final int LONGEST_TEXT = 256 << 20;

    private final String location;
    private final InputStream stream;
    private final JsonParser parser;
    private final Format format;
    private boolean inArray;

    private JsonFile(String location, InputStream stream, JsonParser parser, Format format) {
        this.location = location;
        this.stream = stream;
        this.parser = parser;
        this.format = format;
    }

    /** Levels of nesting that types, which nest as values do, are not too deep for. */
    private static final int DEEPEST = 200;

    /** A factory with our limits; safe for any number of threads. */
    static JsonFactory factory() {
        return new JsonFactoryBuilder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(LONGEST_TEXT)
                        .maxNestingDepth(DEEPEST)
                        .build())
                .build();
    }

    static JsonFile open(JsonFactory factory, Storage storage, String location, Format format) {
        InputStream stream = FileBytes.open(storage, location);
        try {
            return new JsonFile(location, stream, factory.createParser(stream), format);
        } catch (IOException e) {
            FileBytes.close(stream, location);
            throw failed(location, e);
        }
    }

    /** At the first token of the current record, or wherever its reader has got to. */
    JsonParser parser() {
        return parser;
    }

    /** Goes to the first token of the next record; the last one must have been read to its end. */
    boolean next() {
        try {
            while (true) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return false;
                }
                if (inArray && token == JsonToken.END_ARRAY) {
                    inArray = false;
                } else if (!inArray && token == JsonToken.START_ARRAY && format != Format.NEWLINE) {
                    inArray = true;
                } else if (!inArray && format == Format.ARRAY) {
                    JsonLocation at = parser.currentTokenLocation();
                    throw new DatasetDbException(
                            UdfError.BAD_FILE,
                            "Cannot read " + location + ": there is no array at line " + at.getLineNr() + ", column "
                                    + at.getColumnNr());
                } else {
                    return true;
                }
            }
        } catch (IOException e) {
            throw failed(location, e);
        }
    }

    /** What an exception of the parser means for a file. */
    static DatasetDbException failed(String location, IOException e) {
        if (e instanceof JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            String reason = broken.getOriginalMessage().lines().findFirst().orElse("it is no JSON");
            reason = INNER_LOCATION.matcher(reason).replaceAll("$1");
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return new DatasetDbException(
                    UdfError.BAD_FILE, "Cannot read " + location + ": broken JSON" + where + " (" + reason + ")", e);
        }
        return new DatasetDbException(UdfError.READ_FAILED, "Cannot read " + location + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw failed(location, e);
        } finally {
            FileBytes.close(stream, location);
        }
    }
}
