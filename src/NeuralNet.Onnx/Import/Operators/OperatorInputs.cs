using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Checked access to the constants that an operator takes.</summary>
internal static class OperatorInputs
{
    extension<T>(OperatorCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>
        /// The axes that the operator names, by an attribute or from some opset on by its second input.
        /// </summary>
        /// <exception cref="NotSupportedException">They are no constant.</exception>
        public IReadOnlyList<long>? Axes(int inputSince)
        {
            if (call.Graph.Opset < inputSince)
            {
                return call.Node.Ints("axes");
            }

            return call.Node.Input(1) is null ? null
                : call.Integers(1) is { Count: <= FeatureShape.MaxRank } axes ? axes
                : throw call.Node.Refuse("its axes are no constant of a few whole numbers");
        }

        /// <summary>An input of constant whole numbers; null if it is none.</summary>
        public IReadOnlyList<long>? Integers(int index) =>
            call.Graph.Constant(call.Node.Input(index)) is { Problem: null, IsInteger: true } constant
                ? [.. Enumerable.Range(0, constant.Count).Select(constant.Integer)]
                : null;

        /// <summary>An input that is a constant of floating-point numbers.</summary>
        public ConstantTensor Constant(int index)
        {
            string name = call.Node.Input(index) ?? throw call.Node.Damaged($"its input {index} is missing");
            ConstantTensor constant = call.Graph.Constant(name)
                ?? throw call.Node.Refuse($"its input {MessageText.Quoted(name)} is no constant");
            return constant.Problem is null
                ? constant
                : throw call.Node.Refuse($"its input {MessageText.Quoted(name)}: {constant.Problem}");
        }

        /// <summary>An input that is a matrix.</summary>
        public ConstantTensor Matrix(int index)
        {
            ConstantTensor constant = call.Constant(index);
            if (constant.Dimensions.Count != 2)
            {
                throw call.Node.Refuse($"{constant} is no matrix");
            }

            return constant.Count > 0 ? constant : throw call.Node.Damaged($"{constant} is empty");
        }

        /// <summary>An input that is a single number, or has one number per feature.</summary>
        public ConstantTensor Vector(int index)
        {
            ConstantTensor constant = call.Constant(index);
            for (int i = 0; i < constant.Dimensions.Count - 1; i++)
            {
                if (constant.Dimensions[i] != 1)
                {
                    throw call.Node.Refuse($"{constant} is not one number per feature");
                }
            }

            return constant.Count > 0 ? constant : throw call.Node.Damaged($"{constant} is empty");
        }

        /// <summary>An input that is a single number, or has one number for each of so many features.</summary>
        public ConstantTensor Vector(int index, int size)
        {
            ConstantTensor constant = call.Vector(index);
            return constant.Count == 1 || constant.Count == size
                ? constant
                : throw call.Node.Refuse($"{constant} meets {Quantity.Of(size, "feature")}");
        }

        /// <summary>The numbers of an input that becomes a parameter, one for each of so many features.</summary>
        public double[] Parameters(int index, int size)
        {
            double[] values = call.Vector(index, size).ToArray();
            call.Budget.Take(call.Node, size);
            return values.Length == size ? values : [.. Enumerable.Repeat(values[0], size)];
        }

        /// <summary>An input that is a single number.</summary>
        public double Number(int index)
        {
            ConstantTensor constant = call.Constant(index);
            return constant.Count == 1
                ? constant.Scalar()
                : throw call.Node.Refuse($"{constant} is not a single number");
        }
    }
}
