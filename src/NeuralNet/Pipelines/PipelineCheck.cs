using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;
using NeuralNet.Text;

namespace NeuralNet.Pipelines;

/// <summary>Refuses parts of a pipeline that do not fit each other.</summary>
internal static class PipelineCheck
{
    /// <summary>Refuses transforms with other sizes than the network's.</summary>
    public static void RequireTransforms<T>(
        Network<T> network, IFeatureTransform? inputs, IInvertibleTransform? outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (inputs is not null && inputs.OutputSize != network.InputSize)
        {
            throw new ArgumentException(
                $"The network takes {network.InputShape.Describe()}, but the transform gives {inputs.OutputSize}.",
                nameof(inputs));
        }

        if (outputs is not null && outputs.OutputSize != network.OutputSize)
        {
            throw new ArgumentException(
                $"The network gives {Quantity.Of(network.OutputSize, "output")}, but the transform of the targets "
                + $"gave {outputs.OutputSize}.",
                nameof(outputs));
        }
    }

    /// <summary>Refuses labels of a regression, and another number of them than there are classes.</summary>
    public static void RequireLabels<T>(Network<T> network, IInvertibleTransform? outputs, LabelEncoder? labels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (labels is null)
        {
            return;
        }

        if (outputs is not null)
        {
            throw new ArgumentException("Classes have names or numbers a transform, not both.", nameof(labels));
        }

        if (network.Outputs.Count > 1)
        {
            throw new ArgumentException(
                $"Labels name the classes of one output, but the network has {network.Outputs.Count}: "
                + $"{network.Outputs}. Leave them out, and read the outputs by name, network.Outputs[\"…\"].Of(…).",
                nameof(labels));
        }

        int classes = Math.Max(2, network.OutputSize);
        if (labels.Labels.Count != classes)
        {
            throw new ArgumentException(
                $"The network tells {classes} classes apart, but there {Quantity.Are(labels.Labels.Count, "label")}.",
                nameof(labels));
        }
    }

    /// <summary>
    /// Refuses a threshold that is not finite, and one where a single output does not decide the class.
    /// </summary>
    public static void RequireThreshold<T>(Network<T> network, LabelEncoder? labels, double? threshold)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (threshold is not { } value)
        {
            return;
        }

        if (labels is null || network.OutputSize > 1)
        {
            throw new ArgumentException(
                "A threshold tells two classes with labels apart by a single output, but "
                + (labels is null ? "there are no labels." : $"the network gives {network.OutputSize} outputs."),
                nameof(threshold));
        }

        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), value, "The threshold must be a finite number.");
        }
    }

    /// <summary>Refuses columns with the same name, and another number of them than there are raw features.</summary>
    public static void RequireColumns(int inputSize, InputColumn[]? columns)
    {
        if (columns is null)
        {
            return;
        }

        if (columns.Length != inputSize)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(inputSize, "raw feature")}, but {Quantity.Of(columns.Length, "column")}.",
                nameof(columns));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (InputColumn column in columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
            if (!names.Add(column.Name))
            {
                throw new ArgumentException(
                    $"Two columns are called {MessageText.Quoted(column.Name)}; a name must be that of one.",
                    nameof(columns));
            }
        }
    }

    /// <summary>Refuses a vocabulary with numbers that the embedding at the beginning of the network lacks.</summary>
    public static void RequireVocabulary<T>(Network<T> network, Vocabulary? vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (vocabulary is not null
            && network.Layers[0] is Embedding<T> embedding && embedding.Categories < vocabulary.Count)
        {
            throw new ArgumentException(
                $"The vocabulary has the numbers from 0 to {vocabulary.Count - 1}, but '{embedding.Name}' takes those "
                + $"from 0 to {embedding.Categories - 1}: give Embedding as many categories as vocabulary.Count.",
                nameof(vocabulary));
        }
    }
}
