using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads activations.</summary>
internal static class ActivationReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Before, the axis was by default the first behind the samples.
    private const int LastAxisIsDefaultSince = 13;

    public static GraphValue Relu(OperatorCall<T> call) => Activate(call, new ReLU());

    public static GraphValue Elu(OperatorCall<T> call) =>
        Activate(call, call.Node.Checked(() => new ELU(call.Node.Float("alpha", 1))));

    public static GraphValue Celu(OperatorCall<T> call) =>
        Activate(call, call.Node.Checked(() => new CELU(call.Node.Float("alpha", 1))));

    /// <summary>γ·ELU(x), which with the standard α and γ is SELU.</summary>
    public static GraphValue Selu(OperatorCall<T> call)
    {
        const double Tolerance = 1e-5;
        call.RequireFirstInput();
        double alpha = call.Node.Float("alpha", SeluNumbers.Alpha);
        double gamma = call.Node.Float("gamma", SeluNumbers.Gamma);
        if (Math.Abs(alpha - SeluNumbers.Alpha) < Tolerance && Math.Abs(gamma - SeluNumbers.Gamma) < Tolerance)
        {
            return Activate(call, new SELU());
        }

        call.Activate(call.Node.Checked(() => new ELU(alpha)));
        call.Multiply(gamma);
        return call.Result;
    }

    public static GraphValue Gelu(OperatorCall<T> call) => call.Node.Text("approximate", "none") switch
    {
        "none" => Activate(call, new GELU()),
        "tanh" => Activate(call, new GELU(tanhApproximation: true)),
        string other => throw call.Node.Refuse(
            $"its 'approximate' is '{MessageText.Shortened(other)}'; none and tanh are known"),
    };

    public static GraphValue Mish(OperatorCall<T> call) => Activate(call, new Mish());

    public static GraphValue Sigmoid(OperatorCall<T> call) => Activate(call, new Sigmoid());

    /// <summary>x·sigmoid(αx), which is SiLU(αx)/α.</summary>
    public static GraphValue Swish(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        double alpha = call.Node.Float("alpha", 1);
        if (alpha == 0)
        {
            call.Multiply(0.5);
            return call.Result;
        }

        call.Multiply(alpha);
        call.Activate(new SiLU());
        call.Multiply(1 / alpha);
        return call.Result;
    }

    /// <summary>min(max(αx + β, 0), 1).</summary>
    public static GraphValue HardSigmoid(OperatorCall<T> call)
    {
        const double Tolerance = 1e-6;
        call.RequireFirstInput();
        double alpha = call.Node.Float("alpha", 0.2);
        double beta = call.Node.Float("beta", 0.5);
        if (Math.Abs(alpha - (1.0 / 6)) < Tolerance && Math.Abs(beta - 0.5) < Tolerance)
        {
            return Activate(call, new HardSigmoid());
        }

        call.Multiply(alpha);
        call.Increase(beta);
        call.Activate(new HardTanh(0, 1));
        return call.Result;
    }

    public static GraphValue ThresholdedRelu(OperatorCall<T> call) =>
        Activate(call, call.Node.Checked(() => new ThresholdedReLU(call.Node.Float("alpha", 1))));

    /// <summary>0 between −λ and λ, and otherwise closer to it by the bias: by nothing, or by λ.</summary>
    public static GraphValue Shrink(OperatorCall<T> call)
    {
        double threshold = call.Node.Float("lambd", 0.5);
        double bias = call.Node.Float("bias", 0);
        return bias == 0 ? Activate(call, call.Node.Checked(() => new HardShrink(threshold)))
            : bias == threshold ? Activate(call, call.Node.Checked(() => new SoftShrink(threshold)))
            : throw call.Node.Refuse(FormattableString.Invariant(
                $"its bias is {bias}; 0 and its 'lambd', here {threshold}, are known"));
    }

    public static GraphValue Abs(OperatorCall<T> call) => Activate(call, new AbsoluteValue());

    public static GraphValue Exp(OperatorCall<T> call) => Activate(call, new Exponential());

    public static GraphValue Log(OperatorCall<T> call) => Activate(call, new Logarithm());

    public static GraphValue Sqrt(OperatorCall<T> call) => Activate(call, new SquareRoot());

    public static GraphValue Reciprocal(OperatorCall<T> call) => Activate(call, new Reciprocal());

    public static GraphValue HardSwish(OperatorCall<T> call) =>
        Activate(call, new HardSwish());

    public static GraphValue Tanh(OperatorCall<T> call) => Activate(call, new Tanh());

    public static GraphValue Softplus(OperatorCall<T> call) =>
        Activate(call, new Softplus());

    public static GraphValue Softsign(OperatorCall<T> call) =>
        Activate(call, new Softsign());

    public static GraphValue Clip(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        return ClipBounds.Read(call.Node, call.Graph) is (double min, double max)
            ? Between(call, min, max)
            : throw call.Node.Refuse("its bounds are no constants");
    }

    /// <summary>min(max(x, least), greatest), where a bound may be infinite.</summary>
    public static GraphValue Between(OperatorCall<T> call, double min, double max)
    {
        switch (min, max)
        {
            case (double.NegativeInfinity, double.PositiveInfinity):
                break;
            case (0, 6):
                call.Activate(new ReLU6());
                break;
            case (_, double.PositiveInfinity):
                // max(x, m) = max(x − m, 0) + m.
                call.Increase(-min);
                call.Activate(new ReLU());
                call.Increase(min);
                break;
            case (double.NegativeInfinity, _):
                // min(x, M) = M − max(M − x, 0).
                call.Multiply(-1);
                call.Increase(max);
                call.Activate(new ReLU());
                call.Multiply(-1);
                call.Increase(max);
                break;
            default:
                call.Activate(call.Node.Checked(() => new HardTanh(min, max)));
                break;
        }

        return call.Result;
    }

    public static GraphValue LeakyRelu(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        double slope = call.Node.Float("alpha", 0.01);
        if (slope is >= 0 and < 1)
        {
            return Activate(call, new LeakyReLU(slope));
        }

        // LeakyReLU is for slopes that keep it convex; PReLU takes any.
        call.Add(LayerPlans<T>.FixedPReLU(call.Node, slope));
        return call.Result;
    }

    public static GraphValue PRelu(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        (FeatureSet features, double[] slopes) = call.Broadcast(1);
        call.Budget.Take(call.Node, slopes.Length);
        call.Add(LayerPlans<T>.PReLU(call.Node, features, slopes));
        return call.Result;
    }

    public static GraphValue Softmax(OperatorCall<T> call) =>
        ActivateFeatures(call, new Softmax());

    public static GraphValue LogSoftmax(OperatorCall<T> call) =>
        ActivateFeatures(call, new LogSoftmax());

    private static SampleValue<T> ActivateFeatures(OperatorCall<T> call, IActivation activation)
    {
        call.RequireFirstInput();
        bool isOld = call.Graph.Opset < LastAxisIsDefaultSince;
        int dimension = call.Dimension(call.Node.Int("axis", isOld ? 1 : -1));

        SampleLayout layout = call.Value.Layout;
        if (layout.IsFlat && dimension == 1)
        {
            return Activate(call, activation);
        }

        // An old one works along all dimensions from its axis on.
        int[] dimensions = [.. Enumerable.Range(dimension, isOld ? layout.Rank - dimension : 1)];
        if (dimensions.Contains(layout.SamplesDimension))
        {
            throw call.Node.Refuse($"it works from axis {dimension} of {layout} on, across samples");
        }

        if (layout.Along(dimensions).Length == layout.All.Length)
        {
            return Activate(call, activation);
        }

        FeatureSet features = call.Features(dimensions, Axis.Product(layout.Along(dimensions)));
        if (call.OpenProduct is { } product && product.Gives(features))
        {
            product.Close(activation);
            return call.Result;
        }

        call.Add(new PerPlacePlan<T>(call.Node, features.Shape!, activation));
        return call.Result;
    }

    private static SampleValue<T> Activate(OperatorCall<T> call, IActivation activation)
    {
        call.RequireFirstInput();
        call.Activate(activation);
        return call.Result;
    }
}
