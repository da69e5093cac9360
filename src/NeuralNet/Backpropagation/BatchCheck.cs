using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Backpropagation;

/// <summary>Checks that the matrices of a batch fit a network and each other.</summary>
internal static class BatchCheck
{
    /// <summary>
    /// Refuses an empty batch, inputs or targets of other sizes than the network's, and bad sample weights.
    /// </summary>
    public static void Require<T>(
        Network<T> network,
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> sampleWeights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireInputs(network, inputs);
        RequireOutputs(network, targets, inputs.Columns, nameof(targets));
        if (!sampleWeights.IsEmpty && sampleWeights.Length != inputs.Columns
            && sampleWeights.Length != (long)inputs.Columns * network.Outputs.Count)
        {
            string perOutput = network.Outputs.Count > 1
                ? $" A sample has one weight, or one for each of the {network.Outputs.Count} outputs."
                : "";
            throw new ArgumentException(
                $"The batch has {Quantity.Of(inputs.Columns, "sample")}, but "
                + $"{Quantity.Of(sampleWeights.Length, "weight")} "
                + $"{(sampleWeights.Length == 1 ? "was" : "were")} given.{perOutput}",
                nameof(sampleWeights));
        }

        for (int j = 0; j < sampleWeights.Length; j++)
        {
            if (!(sampleWeights[j] >= T.Zero && T.IsFinite(sampleWeights[j])))
            {
                throw new ArgumentException(
                    $"The weight of a sample must be a finite number, at least 0, but that of sample "
                    + $"{j / (sampleWeights.Length / inputs.Columns)} is "
                    + $"{sampleWeights[j]}.",
                    nameof(sampleWeights));
            }
        }
    }

    /// <summary>Refuses an empty batch, and inputs of another size than the network's.</summary>
    public static void RequireInputs<T>(Network<T> network, ReadOnlyMatrixSpan<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (inputs.Columns == 0)
        {
            throw new ArgumentException(
                "The batch is empty; it needs at least one sample, that is one column.", nameof(inputs));
        }

        if (inputs.Rows != network.InputSize)
        {
            throw new ArgumentException(
                $"The network takes {network.InputShape.Describe()} per sample, but the inputs have "
                + $"{Quantity.Of(inputs.Rows, "row")}. A batch has one sample per column."
                + SampleLayout.Advice(network.InputSize, inputs.Rows, inputs.Columns),
                nameof(inputs));
        }
    }

    /// <summary>Refuses a matrix that does not have the shape of the network's outputs for a batch.</summary>
    public static void RequireOutputs<T>(Network<T> network, ReadOnlyMatrixSpan<T> matrix, int samples, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (matrix.Rows != network.OutputSize || matrix.Columns != samples)
        {
            string what = name == "targets" ? "targets" : "gradients of the outputs";
            throw new ArgumentException(
                $"The {what} of this batch must be {network.OutputSize} × {samples} (outputs × samples), "
                + $"but they are {matrix.Rows} × {matrix.Columns}."
                + SampleLayout.Advice(network.OutputSize, matrix.Rows, matrix.Columns),
                name);
        }
    }

    /// <summary>Refuses gradients of another network, and an input gradient of another shape than the inputs.</summary>
    public static void RequireGradients<T>(
        Network<T> network, ReadOnlyMatrixSpan<T> inputs, Gradients<T> gradients, MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(gradients);
        if (gradients.Network != network)
        {
            throw new ArgumentException("The gradients belong to another network.", nameof(gradients));
        }

        if (!inputGradient.IsEmpty && (inputGradient.Rows != inputs.Rows || inputGradient.Columns != inputs.Columns))
        {
            throw new ArgumentException(
                $"The input gradient must be {inputs.Rows} × {inputs.Columns}, as the inputs are, "
                + $"but it is {inputGradient.Rows} × {inputGradient.Columns}.",
                nameof(inputGradient));
        }
    }
}
