using System.Globalization;
using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Recurrence;

namespace NeuralNet.Diagnostics;

/// <summary>Finds the numbers of a training step that are not finite.</summary>
internal static class DivergenceSearch
{
    /// <summary>The first thing that is not finite in a batch that has gone through the engine.</summary>
    public static Divergence InBatch<T>(
        BackpropagationEngine<T> engine,
        Gradients<T> gradients,
        double loss,
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = engine.Network;
        List<Magnitude> layers = [];
        foreach (Layer<T> layer in network.Layers)
        {
            layers.Add(Magnitude.Of(layer.Name, engine.Activations(layer).Values));
        }

        return First(engine, gradients, loss, inputs, targets) with
        {
            Inputs = Magnitude.Of("inputs", inputs.Values),
            Targets = Magnitude.Of("targets", targets.Values),
            Layers = layers,
            Parameters = Parameters(network),
            Gradients = Of(network, gradients),
        };
    }

    /// <summary>A parameter that is not finite after an update.</summary>
    public static Divergence InUpdate<T>(
        Parameter<T> parameter, Network<T> network, Gradients<T> gradients, double learningRate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return OfParameter(
            parameter,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the parameter '{parameter.Name}' is not finite after an update with the learning rate "
                + $"{learningRate:G4}.")) with
        {
            AreParametersUnchanged = false,
            Parameters = Parameters(network),
            Gradients = Of(network, gradients),
        };
    }

    /// <summary>The first gradient that is not finite, of those that no batch at hand gave.</summary>
    public static Divergence InGradients<T>(Network<T> network, Gradients<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        OfGradient(network, gradients) with
        {
            Parameters = Parameters(network),
            Gradients = Of(network, gradients),
        };

    /// <summary>A loss that is not finite on another worker than this one.</summary>
    public static Divergence InOtherWorker<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(DivergenceCause.Loss, "the loss of another worker is not finite; the exception there says more.")
        {
            Parameters = Parameters(network),
        };

    private static Divergence First<T>(
        BackpropagationEngine<T> engine,
        Gradients<T> gradients,
        double loss,
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (double.IsFinite(loss))
        {
            return OfGradient(engine.Network, gradients);
        }

        if (Find(inputs) is { } input)
        {
            return new(
                DivergenceCause.Inputs,
                $"the inputs of the batch hold NaN or infinity. The first is {Text(inputs[input.Row, input.Column])}, "
                + $"in row {input.Row} ({Feature(engine.Network.InputShape, input.Row)}) of column {input.Column} (the "
                + "sample), both counted from 0.")
            {
                Row = input.Row,
                Column = input.Column,
            };
        }

        if (Find(targets) is { } target)
        {
            return new(
                DivergenceCause.Targets,
                "the targets of the batch hold NaN or infinity. The first is "
                + $"{Text(targets[target.Row, target.Column])}, in row "
                + $"{target.Row} of column {target.Column} (the sample), both counted from 0.")
            {
                Row = target.Row,
                Column = target.Column,
            };
        }

        if (engine.Network.Parameters.FirstOrDefault(p => !Finite.All<T>(p.Values)) is { } parameter)
        {
            return OfParameter(parameter, $"the parameter '{parameter.Name}' is not finite.");
        }

        return engine.FindNonFiniteLayer() is { } layer
            ? new(
                DivergenceCause.Layer,
                $"the outputs of the layer '{layer.Name}' are not finite{Step(engine, layer)}.")
            {
                Layer = layer.Name,
            }
            : new(
                DivergenceCause.Loss,
                FormattableString.Invariant($"the loss is {loss}, though the network's outputs are finite."));
    }

    private static string Feature(FeatureShape shape, int row) => shape.Rank == 2
        ? string.Create(
            CultureInfo.InvariantCulture, $"feature {row % shape.Channels} of step {row / shape.Channels}")
        : "the feature";

    // Where a layer computes step after step, the first of them that went wrong tells where to look.
    private static string Step<T>(BackpropagationEngine<T> engine, Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Layer<T> one in layer.SelfAndDescendants())
        {
            ReadOnlyMatrixSpan<T> steps = one.OutputShape.Rank == 2
                ? engine.TryGetActivations(one, out ReadOnlyMatrixSpan<T> output) ? output : default
                : one is RecurrentLayer<T> recurrent ? engine.StatesOf(recurrent) : default;
            if (!steps.IsEmpty && Find(steps) is { } at)
            {
                int units = one.OutputShape.Channels;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $", first at step {at.Row / units} of sample {at.Column}, both counted from 0");
            }
        }

        return "";
    }

    private static Divergence OfGradient<T>(Network<T> network, Gradients<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Parameter<T> steep = network.Parameters.First(p => !Finite.All<T>(gradients.Values(p)));
        return new(DivergenceCause.Gradient, $"the gradient of '{steep.Name}' is not finite.")
        {
            Layer = steep.Layer.Name,
            Parameter = steep.Name,
        };
    }

    private static Divergence OfParameter<T>(Parameter<T> parameter, string description)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int Row, int Column) at = Find<T>(parameter.View)!.Value;
        return new(DivergenceCause.Parameter, description)
        {
            Layer = parameter.Layer.Name,
            Parameter = parameter.Name,
            Row = at.Row,
            Column = at.Column,
        };
    }

    private static (int Row, int Column)? Find<T>(ReadOnlyMatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Values.Length; i++)
        {
            if (!T.IsFinite(values.Values[i]))
            {
                return (i % values.Rows, i / values.Rows);
            }
        }

        return null;
    }

    private static string Text<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? "NaN" : T.IsPositive(value) ? "infinity" : "−infinity";

    private static Magnitude[] Parameters<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. network.Parameters.Select(parameter => Magnitude.Of<T>(parameter.Name, parameter.Values))];

    private static Magnitude[] Of<T>(Network<T> network, Gradients<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. network.Parameters.Where(p => !p.IsStatistic).Select(p => Magnitude.Of<T>(p.Name, gradients.Values(p)))];
}
