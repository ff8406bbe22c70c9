// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

/**
 * Sums over two runs of numbers. Eight sums run side by side, because a processor can only begin the next addition to the
 * same sum when the last one is done. Sums of floats that leave the range of a float are taken again in double.
 */
public final class Dense {
    /** Sums of squares below this have lost digits, because some squares are too small for a float. */
    private static final double TINY = 1e-30;

    private Dense() {}

    /**
     * One minus the cosine of the angle between two vectors, from 0 to 2; NaN if one has no direction.
     *
     * @param squaredA the sum of the squares of {@code a}
     * @param squaredB the sum of the squares of {@code b}
     */
    public static double cosineDistance(
            float[] a, int aFrom, double squaredA, float[] b, int bFrom, double squaredB, int length) {
        if (squaredA < TINY || squaredB < TINY) {
            return cosineDistance(
                    wideDot(a, aFrom, b, bFrom, length),
                    wideDot(a, aFrom, a, aFrom, length),
                    wideDot(b, bFrom, b, bFrom, length));
        }
        return cosineDistance(dot(a, aFrom, b, bFrom, length), squaredA, squaredB);
    }

    /** The same, of the sum of their products and the sums of their squares. */
    static double cosineDistance(double product, double squaredA, double squaredB) {
        double lengths = Math.sqrt(squaredA * squaredB);
        if (lengths == 0 || Double.isInfinite(lengths)) {
            lengths = Math.sqrt(squaredA) * Math.sqrt(squaredB);
        }
        double distance = 1 - product / lengths;
        return Double.isNaN(distance) ? distance : Math.max(0, Math.min(2, distance));
    }

    /** The sum of the products. */
    public static double dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            int x = aFrom + i;
            int y = bFrom + i;
            s0 += a[x] * b[y];
            s1 += a[x + 1] * b[y + 1];
            s2 += a[x + 2] * b[y + 2];
            s3 += a[x + 3] * b[y + 3];
            s4 += a[x + 4] * b[y + 4];
            s5 += a[x + 5] * b[y + 5];
            s6 += a[x + 6] * b[y + 6];
            s7 += a[x + 7] * b[y + 7];
        }
        double sum = ((double) s0 + s1) + ((double) s2 + s3) + (((double) s4 + s5) + ((double) s6 + s7));
        for (; i < length; i++) {
            sum += (double) a[aFrom + i] * b[bFrom + i];
        }
        return Double.isFinite(sum) ? sum : wideDot(a, aFrom, b, bFrom, length);
    }

    /** The same with twice the digits and any range, at half the speed. */
    public static double wideDot(float[] a, int aFrom, float[] b, int bFrom, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) a[aFrom + i] * b[bFrom + i];
        }
        return sum;
    }

    /** The sum of the products. */
    public static double dot(double[] a, int aFrom, double[] b, int bFrom, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            int x = aFrom + i;
            int y = bFrom + i;
            s0 += a[x] * b[y];
            s1 += a[x + 1] * b[y + 1];
            s2 += a[x + 2] * b[y + 2];
            s3 += a[x + 3] * b[y + 3];
            s4 += a[x + 4] * b[y + 4];
            s5 += a[x + 5] * b[y + 5];
            s6 += a[x + 6] * b[y + 6];
            s7 += a[x + 7] * b[y + 7];
        }
        double sum = (s0 + s1) + (s2 + s3) + ((s4 + s5) + (s6 + s7));
        for (; i < length; i++) {
            sum += a[aFrom + i] * b[bFrom + i];
        }
        return sum;
    }

    /** The sum of the squares of the differences. */
    public static double squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            int x = aFrom + i;
            int y = bFrom + i;
            float d0 = a[x] - b[y];
            float d1 = a[x + 1] - b[y + 1];
            float d2 = a[x + 2] - b[y + 2];
            float d3 = a[x + 3] - b[y + 3];
            float d4 = a[x + 4] - b[y + 4];
            float d5 = a[x + 5] - b[y + 5];
            float d6 = a[x + 6] - b[y + 6];
            float d7 = a[x + 7] - b[y + 7];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
            s4 += d4 * d4;
            s5 += d5 * d5;
            s6 += d6 * d6;
            s7 += d7 * d7;
        }
        double sum = ((double) s0 + s1) + ((double) s2 + s3) + (((double) s4 + s5) + ((double) s6 + s7));
        for (; i < length; i++) {
            double d = (double) a[aFrom + i] - b[bFrom + i];
            sum += d * d;
        }
        return Double.isFinite(sum) ? sum : wideSquaredDistance(a, aFrom, b, bFrom, length);
    }

    private static double wideSquaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double d = (double) a[aFrom + i] - b[bFrom + i];
            sum += d * d;
        }
        return sum;
    }

    /** The sum of the squares of the differences. */
    public static double squaredDistance(double[] a, int aFrom, double[] b, int bFrom, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            int x = aFrom + i;
            int y = bFrom + i;
            double d0 = a[x] - b[y];
            double d1 = a[x + 1] - b[y + 1];
            double d2 = a[x + 2] - b[y + 2];
            double d3 = a[x + 3] - b[y + 3];
            double d4 = a[x + 4] - b[y + 4];
            double d5 = a[x + 5] - b[y + 5];
            double d6 = a[x + 6] - b[y + 6];
            double d7 = a[x + 7] - b[y + 7];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
            s4 += d4 * d4;
            s5 += d5 * d5;
            s6 += d6 * d6;
            s7 += d7 * d7;
        }
        double sum = (s0 + s1) + (s2 + s3) + ((s4 + s5) + (s6 + s7));
        for (; i < length; i++) {
            double d = a[aFrom + i] - b[bFrom + i];
            sum += d * d;
        }
        return sum;
    }
}
