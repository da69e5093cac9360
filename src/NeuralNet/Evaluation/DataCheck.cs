using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Networks;

namespace NeuralNet.Evaluation;

/// <summary>Checks that a data set fits a network.</summary>
internal static class DataCheck
{
    /// <summary>Refuses data of other sizes than the network's.</summary>
    public static void Require<T>(Network<T> network, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.InputSize != network.InputSize)
        {
            throw new ArgumentException(
                $"The network takes {network.InputShape.Describe()} per sample, but the data have {data.InputSize}."
                + SampleLayout.Advice(network.InputSize, data.InputSize, data.Count),
                nameof(data));
        }

        if (data.TargetSize != network.OutputSize)
        {
            throw new ArgumentException(
                $"The network gives {Quantity.Of(network.OutputSize, "output")}, but the targets of the data have "
                + $"{Quantity.Of(data.TargetSize, "row")}. "
                + (data.TargetSize == 1
                    ? "Encode class labels with OneHot.Encode."
                    : $"Its last layer must have {Quantity.Of(data.TargetSize, "neuron")}"
                          + (network.OutputSize == 1
                              ? "; for a single output that says yes or no, a target is one number, 0 or 1."
                              : "."))
                + SampleLayout.Advice(network.OutputSize, data.TargetSize, data.Count),
                nameof(data));
        }

        if (data.WeightSize != 1 && data.WeightSize != network.Outputs.Count)
        {
            throw new ArgumentException(
                $"The samples of the data have {data.WeightSize} weights each, but the network has "
                + $"{Quantity.Of(network.Outputs.Count, "output")} ({network.Outputs}); "
                + $"{nameof(data.WithOutputWeights)} takes a row for each.",
                nameof(data));
        }
    }
}
