using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads activations.</summary>
internal static class ActivationReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double StandardSeluAlpha = 1.6732632423543772848170429916717;
    private const double StandardSeluGamma = 1.0507009873554804934193349852946;

    // Before, the axis was by default the first behind the samples.
    private const int LastAxisIsDefaultSince = 13;

    public static GraphValue Relu(OperatorCall call, LayerChain<T> layers) => Activate(call, new ReLU(), layers);

    public static GraphValue Elu(OperatorCall call, LayerChain<T> layers) =>
        Activate(call, call.Checked(() => new ELU(call.Node.Float("alpha", 1))), layers);

    public static GraphValue Celu(OperatorCall call, LayerChain<T> layers) =>
        Activate(call, call.Checked(() => new CELU(call.Node.Float("alpha", 1))), layers);

    public static GraphValue Selu(OperatorCall call, LayerChain<T> layers)
    {
        const double Tolerance = 1e-5;
        double alpha = call.Node.Float("alpha", StandardSeluAlpha);
        double gamma = call.Node.Float("gamma", StandardSeluGamma);
        return Math.Abs(alpha - StandardSeluAlpha) < Tolerance && Math.Abs(gamma - StandardSeluGamma) < Tolerance
            ? Activate(call, new SELU(), layers)
            : throw call.Node.Refuse($"its alpha and gamma are {Text(alpha)} and {Text(gamma)}, not those of SELU");
    }

    public static GraphValue Gelu(OperatorCall call, LayerChain<T> layers) =>
        Activate(call, new GELU(call.Node.Text("approximate", "none") == "tanh"), layers);

    public static GraphValue Mish(OperatorCall call, LayerChain<T> layers) => Activate(call, new Mish(), layers);

    public static GraphValue Sigmoid(OperatorCall call, LayerChain<T> layers) => Activate(call, new Sigmoid(), layers);

    public static GraphValue HardSigmoid(OperatorCall call, LayerChain<T> layers)
    {
        const double Tolerance = 1e-6;
        double alpha = call.Node.Float("alpha", 0.2);
        double beta = call.Node.Float("beta", 0.5);
        return Math.Abs(alpha - (1.0 / 6)) < Tolerance && Math.Abs(beta - 0.5) < Tolerance
            ? Activate(call, new HardSigmoid(), layers)
            : throw call.Node.Refuse(
                $"its slope and offset are {Text(alpha)} and {Text(beta)}; only 1/6 and 0.5 are known");
    }

    public static GraphValue HardSwish(OperatorCall call, LayerChain<T> layers) =>
        Activate(call, new HardSwish(), layers);

    public static GraphValue Tanh(OperatorCall call, LayerChain<T> layers) => Activate(call, new Tanh(), layers);

    public static GraphValue Softplus(OperatorCall call, LayerChain<T> layers) =>
        Activate(call, new Softplus(), layers);

    public static GraphValue Softsign(OperatorCall call, LayerChain<T> layers) =>
        Activate(call, new Softsign(), layers);

    public static GraphValue Clip(OperatorCall call, LayerChain<T> layers)
    {
        IActivation activation = ClipBounds.Read(call.Node, call.Graph) switch
        {
            (0, 6) => new ReLU6(),
            (0, double.PositiveInfinity) => new ReLU(),
            (double.NegativeInfinity, double.PositiveInfinity) => new Identity(),
            (double min, double max) => call.Checked(() => new HardTanh(min, max)),
            null => throw call.Node.Refuse("its bounds are no constants"),
        };
        return Activate(call, activation, layers);
    }

    public static GraphValue LeakyRelu(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        double slope = call.Node.Float("alpha", 0.01);
        if (slope is >= 0 and < 1)
        {
            return Activate(call, new LeakyReLU(slope), layers);
        }

        // LeakyReLU is for slopes that keep it convex; PReLU takes any.
        layers.Add(LayerPlans<T>.FixedPReLU(call.Node, slope));
        return call.Result;
    }

    public static GraphValue PRelu(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        (FeatureSet features, double[] slopes) = call.Broadcast(layers, 1);
        call.Budget.Take(call.Node, slopes.Length);
        layers.Add(LayerPlans<T>.PReLU(call.Node, features, slopes));
        return call.Result;
    }

    public static GraphValue Softmax(OperatorCall call, LayerChain<T> layers) =>
        ActivateFeatures(call, new Softmax(), layers);

    public static GraphValue LogSoftmax(OperatorCall call, LayerChain<T> layers) =>
        ActivateFeatures(call, new LogSoftmax(), layers);

    private static GraphValue ActivateFeatures(OperatorCall call, IActivation activation, LayerChain<T> layers)
    {
        call.RequireKnown();
        call.RequireFirstInput();
        bool isOld = call.Graph.Opset < LastAxisIsDefaultSince;
        int dimension = call.Dimension(call.Node.Int("axis", isOld ? 1 : -1));
        if (call.Value.IsFlat)
        {
            return Activate(call, activation, layers);
        }

        // An old one works along all dimensions from its axis on.
        SampleLayout layout = call.Value.Layout!;
        int[] dimensions = [.. Enumerable.Range(dimension, isOld ? layout.Rank - dimension : 1)];
        FeatureSet features = call.Features(layers, dimensions, Axis.Product(layout.Along(dimensions)));
        if (layers.OpenProduct is { } product && product.Gives(features))
        {
            product.Close(activation);
        }
        else
        {
            layers.Add(
                features.Shape!.IsFlat
                    ? new ActivationPlan<T>(call.Node, activation)
                    : throw call.Node.Refuse(
                        $"it is a {activation.Name} of the features along axis {dimension} of {call.Value.Rank}; only "
                        + "one of the channels right behind a convolution, or of all features, can be represented"));
        }

        return call.Result;
    }

    private static GraphValue Activate(OperatorCall call, IActivation activation, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        layers.Activate(call.Node, activation);
        return call.Result;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
