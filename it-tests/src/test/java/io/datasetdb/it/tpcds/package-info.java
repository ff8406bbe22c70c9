// SPDX-License-Identifier: Apache-2.0
/**
 * TPC-DS (<a href="https://www.tpc.org/tpcds/">tpc.org/tpcds</a>): its 24 tables as datasets and its 99 queries with the
 * values of the qualification, four of them (14, 23, 24 and 39) with the first of their two statements and 14 and 23 with the
 * second one too. What the specification leaves open, the place of NULLs and ties in an order, is fixed; columns that repeat
 * others for further months (66) and half hours (88) are fewer; {@code returns} and {@code year} are called otherwise.
 */
package io.datasetdb.it.tpcds;
