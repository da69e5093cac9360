using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import;

/// <summary>Single operators as layers.</summary>
internal sealed class OperatorReader<T>(GraphReader graph, ParameterBudget budget)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double StandardSeluAlpha = 1.6732632423543772848170429916717;
    private const double StandardSeluGamma = 1.0507009873554804934193349852946;

    // Whether a value has two dimensions, batch × features, by now; images have more until they are flattened.
    private bool _isFlat = graph.Shape is null or { Count: 2 };

    /// <summary>Adds what an operator does to the layers before it.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="value">The one of its inputs that is the value at hand; the others are constants.</param>
    /// <param name="layers">The layers.</param>
    /// <exception cref="NotSupportedException">It cannot be represented.</exception>
    /// <exception cref="InvalidDataException">It makes no sense.</exception>
    public void Read(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        if (Elementwise(node, value) is IActivation activation)
        {
            Add(node, activation, layers);
            return;
        }

        switch (node.Operation)
        {
            case "Identity":
                return;
            case "Cast":
                ReadCast(node);
                return;
            case "Dropout":
                ReadDropout(node, value, layers);
                return;
            case "LeakyRelu":
                ReadLeakyRelu(node, value, layers);
                return;
            case "Flatten":
                RequireFirst(node, value);
                ReadFlatten(node);
                return;
            case "Reshape":
                RequireFirst(node, value);
                ReadReshape(node, layers);
                return;
        }

        RequireFlat(node);

        switch (node.Operation)
        {
            case "Softmax":
            case "LogSoftmax":
                RequireFirst(node, value);
                RequireFeatureAxis(node, node.Int("axis", graph.Opset < 13 ? 1 : -1));
                Add(node, node.Operation == "Softmax" ? new Softmax() : new LogSoftmax(), layers);
                break;
            case "Gemm":
                ReadGemm(node, value, layers);
                break;
            case "MatMul":
                ReadMatMul(node, value, layers);
                break;
            case "Add" or "Sub" or "Mul" or "Div" or "Sum" when node.Inputs.Count == 2:
                ReadScaling(node, value, layers);
                break;
            case "ai.onnx.ml.Scaler":
                ReadScaler(node, value, layers);
                break;
            case "PRelu":
                RequireFirst(node, value);
                double[] slopes = Vector(node, 1);
                AddVectors(
                    node, layers, slopes.Length == 1 ? null : slopes.Length, size => new PReLU<T>(size, 0, slopes.Length > 1), slopes);
                break;
            case "BatchNormalization":
                ReadBatchNormalization(node, value, layers);
                break;
            case "LayerNormalization":
                ReadLayerNormalization(node, value, layers);
                break;
            default:
                throw node.Refuse("there is no layer or activation for this operator");
        }
    }

    /// <summary>Adds an activation: to the dense layer before it, if that has none.</summary>
    public static void Add(OnnxNode node, IActivation activation, List<LayerPlan<T>> layers)
    {
        if (layers.Count > 0 && layers[^1] is DensePlan<T> { IsOpen: true } dense)
        {
            dense.Close(activation);
        }
        else
        {
            layers.Add(new ActivationPlan<T>(node, activation));
        }
    }

    /// <summary>Adds a layer normalization with numbers per feature; 1 and 0 where there are none.</summary>
    public static void AddLayerNormalization(
        OnnxNode node, double[] gamma, double[] beta, double epsilon, List<LayerPlan<T>> layers) =>
        AddVectors(node, layers, gamma.Length, size => new LayerNormalization<T>(size, epsilon), gamma, beta);

    /// <summary>Refuses a node that takes values of more than two dimensions.</summary>
    public void RequireFlat(OnnxNode node)
    {
        if (!_isFlat)
        {
            throw node.Refuse($"its input has {graph.Shape!.Count} dimensions; layers take two, batch × features");
        }
    }

    /// <summary>Makes samples × features of the values, if that keeps the samples apart.</summary>
    public void Reshape(OnnxNode node, long samples, long features, List<LayerPlan<T>> layers)
    {
        // −1 is what is left over; 0 is the dimension as it was.
        bool keepsSamples = (samples == -1 && features > 0) || (samples == 0 && (features > 0 || features == -1))
            || (features == -1 && samples == 1 && graph.Shape is [1, ..]) || (samples == -1 && features == 0 && _isFlat);
        if (!keepsSamples || (node.Int("allowzero", 0) != 0 && (samples == 0 || features == 0)))
        {
            throw node.Refuse($"it makes {samples} × {features} of the values, which may mix samples");
        }

        _isFlat = true;
        if (features > 0)
        {
            layers.Add(new SizePlan<T>(node, features <= Array.MaxLength ? (int)features : -1));
        }
    }

    /// <summary>A constant with one number, or one per feature.</summary>
    public double[] Vector(OnnxNode node, int index)
    {
        ConstantTensor constant = VectorTensor(node, index);
        budget.Take(node, constant.Count);
        return constant.ToArray();
    }

    private ConstantTensor VectorTensor(OnnxNode node, int index)
    {
        ConstantTensor constant = Constant(node, index);
        for (int i = 0; i < constant.Dimensions.Count - 1; i++)
        {
            if (constant.Dimensions[i] != 1)
            {
                throw node.Refuse($"{constant} is not one number per feature");
            }
        }

        return constant.Count > 0 ? constant : throw node.Damaged($"{constant} is empty");
    }

    private static void AddVectors(
        OnnxNode node, List<LayerPlan<T>> layers, int? size, Func<int, Layer<T>> make, params double[][] values) =>
        layers.Add(new VectorPlan<T>(node, size, make, values));

    private static void RequireFeatureAxis(OnnxNode node, long axis)
    {
        if (axis is not (1 or -1))
        {
            throw node.Refuse($"it works along axis {axis}, across samples; a sample is treated by itself here");
        }
    }

    private static void RequireFirst(OnnxNode node, string value)
    {
        if (node.Input(0) != value)
        {
            throw node.Refuse("the value that depends on the input is not its first input");
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private IActivation? Elementwise(OnnxNode node, string value)
    {
        IActivation? activation = node.Operation switch
        {
            "Relu" => new ReLU(),
            "Elu" => Checked(node, () => new ELU(node.Float("alpha", 1))),
            "Celu" => Checked(node, () => new CELU(node.Float("alpha", 1))),
            "Selu" => ReadSelu(node),
            "Gelu" => new GELU(node.Text("approximate", "none") == "tanh"),
            "Mish" => new Mish(),
            "Sigmoid" => new Sigmoid(),
            "HardSigmoid" => ReadHardSigmoid(node),
            "HardSwish" => new HardSwish(),
            "Tanh" => new Tanh(),
            "Softplus" => new Softplus(),
            "Softsign" => new Softsign(),
            "Clip" => ReadClip(node),
            _ => null,
        };
        if (activation is not null)
        {
            RequireFirst(node, value);
        }

        return activation;
    }

    private static IActivation Checked(OnnxNode node, Func<IActivation> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw node.Refuse(exception.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    private static SELU ReadSelu(OnnxNode node)
    {
        const double Tolerance = 1e-5;
        double alpha = node.Float("alpha", StandardSeluAlpha);
        double gamma = node.Float("gamma", StandardSeluGamma);
        return Math.Abs(alpha - StandardSeluAlpha) < Tolerance && Math.Abs(gamma - StandardSeluGamma) < Tolerance
            ? new SELU()
            : throw node.Refuse($"its alpha and gamma are {Text(alpha)} and {Text(gamma)}, not those of SELU");
    }

    private static HardSigmoid ReadHardSigmoid(OnnxNode node)
    {
        const double Tolerance = 1e-6;
        double alpha = node.Float("alpha", 0.2);
        double beta = node.Float("beta", 0.5);
        return Math.Abs(alpha - (1.0 / 6)) < Tolerance && Math.Abs(beta - 0.5) < Tolerance
            ? new HardSigmoid()
            : throw node.Refuse($"its slope and offset are {Text(alpha)} and {Text(beta)}; only 1/6 and 0.5 are known");
    }

    private IActivation ReadClip(OnnxNode node) => Clipping.Read(node, graph) switch
    {
        (0, 6) => new ReLU6(),
        (0, double.PositiveInfinity) => new ReLU(),
        (double.NegativeInfinity, double.PositiveInfinity) => new Identity(),
        (double min, double max) => Checked(node, () => new HardTanh(min, max)),
        null => throw node.Refuse("its bounds are no constants"),
    };

    private static void ReadLeakyRelu(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        RequireFirst(node, value);
        double slope = node.Float("alpha", 0.01);
        if (slope is >= 0 and < 1)
        {
            Add(node, new LeakyReLU(slope), layers);
            return;
        }

        // LeakyReLU is for slopes that keep it convex; PReLU takes any.
        AddVectors(node, layers, null, size => Frozen(new PReLU<T>(size, slope)), [slope]);
    }

    private static PReLU<T> Frozen(PReLU<T> layer)
    {
        layer.Freeze();
        return layer;
    }

    private static void ReadCast(OnnxNode node)
    {
        long to = node.Int("to", 0);
        if (to is not (ElementKind.Float or ElementKind.Double))
        {
            throw node.Refuse($"it makes {ElementKind.Name(to)} of the values; a network calculates in float or double");
        }
    }

    private void ReadDropout(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        RequireFirst(node, value);
        RequireSingleResult(node);
        double rate = node.Float("ratio", 0.5);
        if (graph.Opset >= 12)
        {
            rate = node.Input(1) is null ? 0.5 : Single(node, 1);
        }

        // Whatever the file says, a network that predicts drops nothing.
        layers.Add(new SimplePlan<T>(node, size => new Dropout<T>(size, rate)));
    }

    private void ReadFlatten(OnnxNode node)
    {
        long axis = node.Int("axis", 1);
        bool keepsSamples = axis == 1 || (_isFlat && axis == -1) || (!_isFlat && axis == 1 - graph.Shape!.Count);
        _isFlat = keepsSamples ? true : throw node.Refuse($"it flattens from axis {axis} on, not from 1, so that samples mix");
    }

    private void ReadReshape(OnnxNode node, List<LayerPlan<T>> layers)
    {
        ConstantTensor? shape = graph.Constant(node.Input(1));
        if (shape is not { Problem: null, IsInteger: true, Count: 2 })
        {
            throw node.Refuse("only a reshape to a constant shape of two dimensions, batch × features, can be represented");
        }

        Reshape(node, shape.Integer(0), shape.Integer(1), layers);
    }

    private void ReadGemm(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        RequireFirst(node, value);
        if (node.Int("transA", 0) != 0)
        {
            throw node.Refuse("it transposes its first input (transA), so that samples become features");
        }

        ConstantTensor weights = Matrix(node, 1);
        weights = node.Int("transB", 0) != 0 ? weights : weights.Transposed(weights.Name);
        DensePlan<T> dense = Dense(node, weights, node.Float("alpha", 1));
        if (node.Input(2) is not null)
        {
            dense.Add(VectorOf(node, 2, dense.OutputSize!.Value), node.Float("beta", 1));
        }

        layers.Add(dense);
    }

    private void ReadMatMul(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        RequireFirst(node, value);
        ConstantTensor weights = Matrix(node, 1);
        layers.Add(Dense(node, weights.Transposed(weights.Name), 1));
    }

    private DensePlan<T> Dense(OnnxNode node, ConstantTensor weights, double factor)
    {
        const int VectorsPerOutput = 3;
        budget.Take(node, weights.Count + (VectorsPerOutput * weights.Dimensions[0]));
        return new(node, weights, factor);
    }

    private void ReadScaling(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        int other = node.Input(0) == value ? 1 : 0;
        if (other == 0 && node.Operation is "Sub" or "Div")
        {
            throw node.Refuse("the value that depends on the input is its second input");
        }

        ConstantTensor constant = VectorTensor(node, other);
        string operation = node.Operation == "Sum" ? "Add" : node.Operation;
        if (layers.Count > 0 && layers[^1] is DensePlan<T> { IsOpen: true } dense
            && (constant.Count == 1 || constant.Count == dense.OutputSize))
        {
            if (operation is "Add" or "Sub")
            {
                dense.Add(constant, operation == "Add" ? 1 : -1);
            }
            else
            {
                dense.Multiply(constant, divide: operation == "Div");
            }

            return;
        }

        Scaling(node, layers).Apply(node, operation, constant);
    }

    // scikit-learn's StandardScaler as skl2onnx writes it: (x − offset)·scale.
    private void ReadScaler(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        RequireFirst(node, value);
        ScalingPlan<T> scaling = Scaling(node, layers);
        scaling.Apply(node, "Sub", Attribute("offset"));
        scaling.Apply(node, "Mul", Attribute("scale"));

        ConstantTensor Attribute(string name)
        {
            var tensor = new TensorProto { DataType = ElementKind.Float };
            tensor.FloatData.Add(node.Floats(name) is { Count: > 0 } floats ? floats : throw node.Damaged($"it has no '{name}'"));
            tensor.Dims.Add(tensor.FloatData.Count);
            return ConstantTensor.Create(name, tensor, "");
        }
    }

    private ScalingPlan<T> Scaling(OnnxNode node, List<LayerPlan<T>> layers)
    {
        if (layers.Count > 0 && layers[^1] is ScalingPlan<T> before)
        {
            return before;
        }

        var scaling = new ScalingPlan<T>(node, budget);
        layers.Add(scaling);
        return scaling;
    }

    private void ReadBatchNormalization(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        RequireFirst(node, value);
        RequireSingleResult(node);
        if (node.Int("training_mode", 0) != 0)
        {
            throw node.Refuse("it is in training mode, in which a prediction depends on the other samples");
        }

        double[] gamma = Vector(node, 1);
        double[][] vectors = [gamma, .. Enumerable.Range(2, 3).Select(index => Vector(node, index))];
        if (Array.Exists(vectors, vector => vector.Length != gamma.Length))
        {
            throw node.Damaged("its scale, bias, mean and variance differ in length");
        }

        double epsilon = node.Float("epsilon", 1e-5);
        double momentum = 1 - node.Float("momentum", 0.9);
        if (!(momentum is > 0 and <= 1))
        {
            // It matters to training only, and this one means never to learn.
            momentum = 0.1;
        }

        // 1 − 0.9 is not quite 0.1.
        momentum = Math.Round(momentum, 7) is > 0 and double rounded ? rounded : momentum;
        AddVectors(node, layers, gamma.Length, size => new BatchNormalization<T>(size, momentum, epsilon), vectors);
    }

    private void ReadLayerNormalization(OnnxNode node, string value, List<LayerPlan<T>> layers)
    {
        RequireFirst(node, value);
        RequireSingleResult(node);
        RequireFeatureAxis(node, node.Int("axis", -1));
        double[] gamma = Vector(node, 1);
        double[] beta = node.Input(2) is null ? new double[gamma.Length] : Vector(node, 2);
        if (beta.Length != gamma.Length)
        {
            throw node.Damaged($"it has {gamma.Length} scales but {beta.Length} biases");
        }

        AddLayerNormalization(node, gamma, beta, node.Float("epsilon", 1e-5), layers);
    }

    // A second result, such as a mask or saved statistics, is fine as long as nobody takes it.
    private void RequireSingleResult(OnnxNode node)
    {
        foreach (string output in node.Outputs.Skip(1))
        {
            if (output.Length > 0 && (output == graph.Output || graph.Consumers(output).Count > 0))
            {
                throw node.Refuse($"its result {Quoted.Name(output)} is used, beside the first one");
            }
        }
    }

    private ConstantTensor Constant(OnnxNode node, int index)
    {
        string name = node.Input(index) ?? throw node.Damaged($"its input {index} is missing");
        ConstantTensor constant = graph.Constant(name)
            ?? throw node.Refuse($"its input {Quoted.Name(name)} is no constant");
        if (constant.Problem is not null)
        {
            throw node.Refuse($"its input {Quoted.Name(name)}: {constant.Problem}");
        }

        return constant.IsInteger ? throw node.Damaged($"its input {constant} holds whole numbers") : constant;
    }

    private ConstantTensor Matrix(OnnxNode node, int index)
    {
        ConstantTensor constant = Constant(node, index);
        if (constant.Dimensions.Count != 2)
        {
            throw node.Refuse($"{constant} is no matrix");
        }

        return constant.Count > 0 ? constant : throw node.Damaged($"{constant} is empty");
    }

    private ConstantTensor VectorOf(OnnxNode node, int index, int size)
    {
        ConstantTensor constant = VectorTensor(node, index);
        return constant.Count == 1 || constant.Count == size
            ? constant
            : throw node.Damaged($"{constant} meets {size} features");
    }

    private double Single(OnnxNode node, int index)
    {
        ConstantTensor constant = Constant(node, index);
        return constant.Count == 1 ? constant.Scalar() : throw node.Damaged($"{constant} is not a single number");
    }
}
