using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads normalizations.</summary>
internal static class NormalizationReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue BatchNormalization(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        call.RequireSingleResult();
        if (node.Int("training_mode", 0) != 0)
        {
            throw node.Refuse("it is in training mode, in which a prediction depends on the other samples");
        }

        int channels = Channels(call);
        FeatureSet features = call.Features([ChannelAxis(call)], channels);
        double[][] vectors = [.. Enumerable.Range(1, 4).Select(i => call.Parameters(i, channels))];
        double momentum = Momentum(node);
        call.Add(LayerPlans<T>.BatchNormalization(
            node, features, vectors, momentum, node.Float("epsilon", 1e-5)));
        return call.Result;
    }

    public static GraphValue LayerNormalization(OperatorCall<T> call)
    {
        (FeatureSet features, double[] gamma) = OfLastAxes(call);
        double[] beta = call.Node.Input(2) is null ? new double[gamma.Length] : call.Parameters(2, gamma.Length);
        call.Add(LayerPlans<T>.LayerNormalization(
            call.Node, features, gamma, beta, call.Node.Float("epsilon", 1e-5)));
        return call.Result;
    }

    public static GraphValue RmsNormalization(OperatorCall<T> call)
    {
        (FeatureSet features, double[] gamma) = OfLastAxes(call);
        double epsilon = call.Node.Float("epsilon", 1e-5);
        call.Add(new VectorPlan<T>(call.Node, features, shape => new RmsNormalization<T>(shape, epsilon), gamma));
        return call.Result;
    }

    public static GraphValue GroupNormalization(OperatorCall<T> call)
    {
        const int PerChannelSince = 21;
        long groups = call.Node.Int("num_groups", 0);
        int channels = call.Image().Size(1);
        if (groups < 1 || channels % groups != 0)
        {
            throw call.Node.Refuse($"its {groups} groups do not divide {Quantity.Of(channels, "channel")}");
        }

        int count = call.Graph.Opset < PerChannelSince ? (int)groups : channels;
        return ByGroups(call, (int)groups, channels, Spread(1), Spread(2));

        double[] Spread(int index)
        {
            double[] values = call.Parameters(index, count);
            return [.. Enumerable.Range(0, channels).Select(i => values[(int)((long)i * values.Length / channels)])];
        }
    }

    public static GraphValue InstanceNormalization(OperatorCall<T> call)
    {
        int channels = call.Image().Size(1);
        return ByGroups(call, channels, channels, call.Parameters(1, channels), call.Parameters(2, channels));
    }

    /// <summary>
    /// x / Σ|x| or x / √Σx² of the features of each sample, as scikit-learn's classifiers end in; 0 stays 0.
    /// </summary>
    public static GraphValue Normalizer(OperatorCall<T> call)
    {
        const double NoZero = 1e-30;
        call.RequireFirstInput();
        call.RequireFlat();
        call.RequireKnown();
        string norm = call.Node.Text("norm", "MAX");
        OperatorCall<T> length = call.On(call.Value with { IsShared = true });
        length.Activate(norm switch
        {
            "L1" => new AbsoluteValue(),
            "L2" => new Square(),
            _ => throw call.Node.Refuse($"its 'norm' is {MessageText.Shortened(norm)}; L1 and L2 can be represented"),
        });
        OperatorCall<T> factor = call.On(ReductionReader<T>.SumAlong(length, 1) with { IsShared = true });
        if (norm == "L2")
        {
            factor.Activate(new SquareRoot());
        }

        factor.Increase(NoZero);
        factor.Activate(new Reciprocal());
        return JoinReader<T>.Merged(call, Merge.Product, call.On(call.Value with { IsShared = true }), factor);
    }

    private static SampleValue<T> ByGroups(
        OperatorCall<T> call, int groups, int channels, double[] gamma, double[] beta)
    {
        call.RequireFirstInput();
        call.ChannelsLast();
        FeatureSet features = call.Features([1], channels);
        double epsilon = call.Node.Float("epsilon", 1e-5);
        call.Add(new VectorPlan<T>(
            call.Node, features, shape => new GroupNormalization<T>(shape, groups, epsilon), gamma, beta));
        return call.Result;
    }

    // From the named axis on, all axes together; a scale of one number is that of every feature.
    private static (FeatureSet Features, double[] Gamma) OfLastAxes(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        call.RequireSingleResult();
        SampleLayout layout = call.Value.Layout;
        int axis = call.Dimension(call.Node.Int("axis", -1));
        int[] dimensions = [.. Enumerable.Range(axis, layout.Rank - axis)];
        if (dimensions.Contains(layout.SamplesDimension))
        {
            throw call.Node.Refuse($"it normalizes {layout} from axis {axis} on, across samples");
        }

        int known = Axis.Product(layout.Along(dimensions));
        int count = known > 0 ? known : call.Constant(1).Count;
        FeatureSet features = call.Features(dimensions, count);
        double[] gamma = call.Constant(1).ToArray();
        call.Budget.Take(call.Node, 2L * count);
        return gamma.Length == count ? (features, gamma)
            : gamma.Length == 1 ? (features, [.. Enumerable.Repeat(gamma[0], count)])
            : throw call.Node.Refuse(
                $"it has {Quantity.Of(gamma.Length, "scale")} for {Quantity.Of(count, "feature")}");
    }

    // Of one dimension beside the samples, or behind them.
    private static int ChannelAxis(OperatorCall<T> call) => call.Value.Rank > 1
        ? call.Dimension(1)
        : throw call.Node.Refuse($"its input is {call.Value.Layout}, which has no channels");

    private static int Channels(OperatorCall<T> call)
    {
        int size = call.Value.Layout.Size(ChannelAxis(call));
        return size > 0 ? size : call.Vector(1).Count;
    }

    // ONNX gives the share of the running mean that stays, the library that of the new one that comes in.
    private static double Momentum(OnnxNode node)
    {
        const double Default = 0.1;
        double momentum = 1 - node.Float("momentum", 0.9);
        if (!(momentum is > 0 and <= 1))
        {
            // It matters to training only, and this one means never to learn.
            momentum = Default;
        }

        // 1 − 0.9 is not quite 0.1.
        return Math.Round(momentum, 7) is > 0 and double rounded ? rounded : momentum;
    }
}
