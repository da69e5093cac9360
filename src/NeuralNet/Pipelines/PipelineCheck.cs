using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Decisions;
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

    /// <summary>Refuses labels where there are not several, and a network that makes classes of them.</summary>
    public static void RequireMeaning<T>(Network<T> network, LabelEncoder? labels, OutputMeaning meaning)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Require.Defined(meaning) == OutputMeaning.Classes)
        {
            return;
        }

        if (labels is null || network.OutputSize < 2)
        {
            throw new ArgumentException(
                "Outputs are labels where there are several and each has a name, but there "
                + (labels is null
                    ? "are no names: give labels."
                    : "is 1 output, which tells two classes apart: leave the meaning out."),
                nameof(meaning));
        }

        if (network.DecidingLayer.OutputKind is OutputKind.Distribution or OutputKind.LogDistribution)
        {
            throw new ArgumentException(
                "A network that ends in a softmax tells classes apart, of which a sample has one; for labels it ends "
                + "in a sigmoid, or without an activation.",
                nameof(meaning));
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

    /// <summary>Refuses a pipeline whose outputs are not classes or labels.</summary>
    public static void RequireClassifier<T>(Pipeline<T> pipeline, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OutputKind? kind = pipeline.Network.Outputs.Count == 1 ? pipeline.Network.DecidingLayer.OutputKind : null;
        if (pipeline.Outputs is not null || (pipeline.Labels is null && Scales.Of(kind) is null))
        {
            throw new InvalidOperationException(
                $"Only a pipeline of classes or labels can have {what}, but the outputs of this one may be plain "
                + "numbers: give Pipeline.Create labels, such as new LabelEncoder([\"no\", \"yes\"]).");
        }
    }

    /// <summary>Refuses a pipeline that does not tell classes with labels apart.</summary>
    public static void RequireNamedClasses<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pipeline.Labels is null || pipeline.Results.AreLabels)
        {
            throw new InvalidOperationException(
                "Label sets are of classes that exclude each other and have names, but "
                + (pipeline.Labels is null
                    ? "the pipeline has no labels: give Pipeline.Create some. Of a regression there are intervals."
                    : "a sample may have any number of the labels of this pipeline."));
        }
    }

    /// <summary>Refuses a pipeline whose outputs are classes or labels.</summary>
    public static void RequireRegression<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pipeline.Labels is not null || pipeline.Calibration is not null)
        {
            throw new InvalidOperationException(
                "Intervals are those of a regression, but the pipeline tells classes or labels apart, of which there "
                + "are label sets.");
        }
    }
}
