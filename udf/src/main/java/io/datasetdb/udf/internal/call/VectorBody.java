// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.VectorFunction;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** Calls a vector method, whose arguments are value vectors or constants: it need not know about dictionaries. */
public final class VectorBody implements VectorFunction {
    private final String name;
    private final MethodHandle call;

    /**
     * @param name the function's name, for messages
     * @param method takes one Vector a parameter, the selection and the row count
     */
    public VectorBody(String name, MethodHandle method) {
        this.name = name;
        int arity = method.type().parameterCount() - 2;
        this.call = method.asSpreader(0, Vector[].class, arity);
    }

    @Override
    public Vector apply(List<Vector> arguments, Selection selection, int rowCount) {
        Vector[] flat = new Vector[arguments.size()];
        for (int i = 0; i < flat.length; i++) {
            Vector argument = arguments.get(i);
            flat[i] = argument instanceof ConstantVector ? argument : argument.flatten();
        }
        try {
            return (Vector) call.invokeExact(flat, selection, rowCount);
        } catch (DatasetDbException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new DatasetDbException(UdfError.FUNCTION_FAILED, "Cannot call " + name + ": " + e, e);
        }
    }
}
