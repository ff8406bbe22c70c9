// SPDX-License-Identifier: Apache-2.0
/**
 * TPC-H (<a href="https://www.tpc.org/tpch/">tpc.org/tpch</a>): its tables as datasets, its 22 queries with the validation
 * parameters, their official answers where they are at hand, and the comparison with DuckDB on the same Parquet files.
 */
package io.datasetdb.it.tpch;
