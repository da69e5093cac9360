using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Recurrence;

namespace NeuralNet.Kinds;

/// <content>The recurrent layers.</content>
internal static partial class BuiltInLayers<T>
{
    private static Func<PaddedSequences<T>> PaddedSequences(LayerSettings<T, PaddedSequences<T>> s)
    {
        FeatureShape shape = s.Shape("shape", layer => layer.Body.InputShape);
        IReadOnlyList<Layer<T>> layers = s.Layers("layers", layer => layer.Body.Children, shape);
        return () => new(new Sequence<T>(shape, layers));
    }

    private static Func<Lstm<T>> Lstm(LayerSettings<T, Lstm<T>> s)
    {
        (int units, bool returnSteps, RecurrentOptions options) = Recurrent(s, gates: 4, hasCellState: true);
        return () => new(s.InputShape, units, returnSteps, options);
    }

    private static Func<Gru<T>> Gru(LayerSettings<T, Gru<T>> s)
    {
        (int units, bool returnSteps, RecurrentOptions options) = Recurrent(s, gates: 3);
        bool resetAfter = s.Flag("resetAfter", layer => layer.ResetsAfter);
        return () => new(s.InputShape, units, returnSteps, resetAfter, options);
    }

    private static Func<SimpleRecurrent<T>> SimpleRecurrent(LayerSettings<T, SimpleRecurrent<T>> s)
    {
        (int units, bool returnSteps, RecurrentOptions options) = Recurrent(s, gates: 1);
        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        return () => new(s.InputShape, units, activation, returnSteps, options);
    }

    // What all of them have.
    private static (int Units, bool ReturnSteps, RecurrentOptions Options) Recurrent<TLayer>(
        LayerSettings<T, TLayer> s, int gates, bool hasCellState = false)
        where TLayer : RecurrentLayer<T>
    {
        int units = s.Size("units", layer => layer.Units);
        bool returnSteps = s.Flag("returnSteps", layer => layer.ReturnsSteps);
        bool biases = s.Flag("biases", layer => layer.InputBiases is not null);
        bool initialState = s.OptionalFlag("initialState", layer => layer.InitialHidden is null ? null : true) ?? false;
        int rows = (int)Math.Min((long)gates * units, int.MaxValue);
        s.RequireTensor("inputWeights", rows, s.InputShape.Channels);
        s.RequireTensor("recurrentWeights", rows, units);
        if (biases)
        {
            s.RequireTensor("inputBiases", rows);
            s.RequireTensor("recurrentBiases", rows);
        }

        if (initialState)
        {
            s.RequireTensor("initialHidden", units);
            if (hasCellState)
            {
                s.RequireTensor("initialCell", units);
            }
        }

        RecurrentOptions options = new()
        {
            IsReversed = s.Flag("reversed", layer => layer.IsReversed),
            HasBiases = biases,
            LearnsInitialState = initialState,
            GradientSteps = checked((int?)s.OptionalInteger("gradientSteps", layer => layer.GradientSteps)),
            RecurrentDropout = s.OptionalNumber(
                "recurrentDropout", layer => layer.RecurrentDropout > 0 ? layer.RecurrentDropout : null) ?? 0,
            WeightPenalty = s.OptionalPenalty("weightPenalty", layer => layer.InputWeights.Penalty),
            RecurrentPenalty = s.OptionalPenalty("recurrentPenalty", layer => layer.RecurrentWeights.Penalty),
            WeightConstraint = s.OptionalConstraint("weightConstraint", layer => layer.InputWeights.Constraint),
            RecurrentConstraint =
                s.OptionalConstraint("recurrentConstraint", layer => layer.RecurrentWeights.Constraint),
        };
        return (units, returnSteps, options);
    }
}
