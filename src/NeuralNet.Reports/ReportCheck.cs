using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Reports;

/// <summary>Refuses options that do not fit a run, before it begins.</summary>
internal static class ReportCheck
{
    /// <summary>Checks them.</summary>
    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    public static void Require<T>(TrainingContext<T> context, ReportOptions<T> options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = context.Network;
        if (options.Data is { } data
            && (data.InputSize != network.InputSize || data.TargetSize != network.OutputSize))
        {
            throw new ArgumentException(
                $"The data of the report have {Quantity.Of(data.InputSize, "feature")} and "
                + $"{Quantity.Of(data.TargetSize, "target")} a sample, but the network takes {network.InputSize} and "
                + $"gives {network.OutputSize}. Transform them as the training data.",
                nameof(options));
        }

        if (options.Names is { } names)
        {
            RequireNames(names, network.OutputShape.Channels, network.OutputSize);
        }
    }

    private static void RequireNames(IReadOnlyList<string> names, int channels, int outputs)
    {
        int count = names.Count;
        if (count != outputs && count != channels && !(outputs == 1 && count == 2))
        {
            throw new ArgumentException(
                $"There must be a name for each of the {Quantity.Of(outputs, "output")} of the network"
                + (outputs == 1 ? ", or two for no and yes" : "")
                + $", but there {Quantity.Are(count, "name")}.",
                nameof(names));
        }

        if (names.Any(name => name is null))
        {
            throw new ArgumentException("A name is null: name every class.", nameof(names));
        }
    }
}
