using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>Networks with every layer, every activation and every option of the export.</summary>
internal static class ExportCatalogue
{
    private static readonly IActivation[] _activations =
    [
        new Identity(), new ReLU(), new LeakyReLU(), new LeakyReLU(0.2), new ReLU6(), new ELU(), new ELU(0.5),
        new SELU(), new CELU(), new CELU(2.5), new GELU(), new GELU(tanhApproximation: true), new SiLU(), new Mish(),
        new Sigmoid(), new HardSigmoid(), new LogSigmoid(), new Tanh(), new HardTanh(), new HardTanh(-3, 0.5),
        new HardSwish(), new Softplus(), new Softplus(2.5), new Softsign(), new Softmax(), new LogSoftmax(),
        new AbsoluteValue(), new Square(), new ThresholdedReLU(), new ThresholdedReLU(-0.5),
        new HardShrink(), new HardShrink(0.2), new SoftShrink(), new SoftShrink(0.2), new TanhShrink(),
        new SquaredReLU(),
    ];

    /// <summary>Those of numbers above 0 only, or whose values have no bound that any input keeps to.</summary>
    private static readonly IActivation[] _positive =
        [new Exponential(), new Logarithm(), new SquareRoot(), new Reciprocal()];

    /// <summary>Of what OnnxExporter says that ONNX Runtime does not run it in double.</summary>
    private static readonly string[] _floatOnly =
    [
        "CELU", "ELU", "GELU", "HardSigmoid", "HardSwish", "LogSigmoid", "Mish", "SELU", "Softplus", "Softsign",
    ];

    /// <summary>
    /// Those that a network can be made of again: all but those with a one-hot encoding or with branches of any kind.
    /// </summary>
    public static IReadOnlyList<IExportCase> Importable { get; } =
        [
            .. Activations<float>("float", _ => true), .. Activations<double>("double", RunsInDouble),
            .. Positive<float>("float"), .. Positive<double>("double"), .. Layers(), .. Scalings(), .. Images(),
            .. Calibrations(),
        ];

    public static IReadOnlyList<IExportCase> All { get; } = [.. Importable, .. Encodings(), .. Splits()];

    private static bool RunsInDouble(IActivation activation) =>
        activation is GELU { TanhApproximation: true } || !_floatOnly.Contains(activation.Name);

    private static IEnumerable<IExportCase> Activations<T>(string type, Func<IActivation, bool> runs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < _activations.Length; i++)
        {
            IActivation activation = _activations[i];
            yield return new ExportCase<T>(
                $"{type}-dense-{i:00}-{activation.Name}",
                builder => builder.Dense(5, activation).Dense(3),
                runs: runs(activation));
            yield return new ExportCase<T>(
                $"{type}-layer-{i:00}-{activation.Name}",
                builder => builder.Activation(activation),
                runs: runs(activation));
        }
    }

    // Behind e^tanh(z), which is between 1/e and e.
    private static IEnumerable<IExportCase> Positive<T>(string type)
        where T : unmanaged, IFloatingPointIeee754<T> => _positive.Select(activation => new ExportCase<T>(
            $"{type}-positive-{activation.Name}",
            builder => builder.Dense(5, new Tanh()).Activation(new Exponential()).Activation(activation).Dense(3)));

    private static IEnumerable<IExportCase> Layers() =>
    [
        new ExportCase<float>("dense", builder => builder.Dense(4)),
        new ExportCase<double>("dense-double", builder => builder.Dense(4)),
        new ExportCase<double>(
            "every-layer-double-as-float", EveryLayer, options: new() { Precision = OnnxPrecision.Single }),
        new ExportCase<float>("every-layer", EveryLayer),
        new ExportCase<float>("dropout-alone", builder => builder.Dropout()),
        new ExportCase<float>("batch-normalization", builder => builder.BatchNormalization(0.2, 1e-3)),
        new ExportCase<double>("batch-normalization-double", builder => builder.BatchNormalization()),
        new ExportCase<float>("layer-normalization", builder => builder.LayerNormalization(1e-3)),
        new ExportCase<double>("layer-normalization-double", builder => builder.LayerNormalization()),
        new ExportCase<float>("prelu", builder => builder.PReLU().Dense(4).PReLU(slopePerFeature: true)),
        new ExportCase<double>("prelu-double", builder => builder.PReLU()),
        new ExportCase<float>(
            "residual",
            builder => builder.Residual(block => block.Activation(new SiLU()).Dense(6, new GELU()).Residual(
                inner =>
                    inner.Residual(innermost => innermost.Dense(6)).Dense(8, new Mish()).Dense(6)).Dropout()).Dense(2)),
        new ExportCase<float>("residual-alone", builder => builder.Residual(block => block.Activation(new GELU(true)))),
        new ExportCase<float>("residual-of-nothing", builder => builder.Residual(block => block.Dropout())),
        new ExportCase<float>("single-feature", builder => builder.Dense(1, new Sigmoid()), inputShape: 1),
        new ExportCase<float>(
            "classifier",
            builder => builder.Dense(16, new ReLU()).Dense(3),
            options: new()
            {
                AppendSoftmax = true,
                InputName = "features",
                OutputName = "probabilities",
                GraphName = "iris",
                Documentation = "Ψ",
                Metadata = new Dictionary<string, string> { ["classes"] = "a,b,c" },
            }),
    ];

    private static IEnumerable<IExportCase> Scalings() =>
    [
        new ExportCase<float>(
            "standardization",
            builder => builder.Dense(4, new Tanh()),
            inputShape: 3,
            new() { Preprocessing = new Standardization([0.5, -2, 100], [2, 0.25, 30]) }),
        new ExportCase<float>(
            "channel-standardization",
            builder => builder.Dense(4, new Tanh()),
            inputShape: 6,
            new() { Preprocessing = new ChannelStandardization(new(3, 1, 2), [0.5, -2], [2, 0.25]) }),
        new ExportCase<double>(
            "min-max-scaling-double",
            builder => builder.Dense(4, new Tanh()),
            inputShape: 3,
            new() { Preprocessing = new MinMaxScaling([-3, -4, 0], [3, 3, 0], -1, 1) }),
        new ExportCase<float>(
            "results-in-their-unit",
            builder => builder.Dense(2),
            inputShape: 3,
            new() { Scaling = new Standardization([100, -2], [30, 0.25]) }),
        new ExportCase<double>(
            "results-in-their-unit-double",
            builder => builder.Dense(2),
            inputShape: 3,
            new() { Scaling = new MinMaxScaling([-3, 0], [3, 0], -1, 1) }),
    ];

    private static IEnumerable<IExportCase> Calibrations() =>
    [
        new ExportCase<float>(
            "temperature", builder => builder.Dense(3), 4, new() { Calibration = new TemperatureScaling(1.7) }),
        new ExportCase<double>(
            "temperature-double", builder => builder.Dense(3), 4, new() { Calibration = new TemperatureScaling(0.4) }),
        new ExportCase<float>(
            "temperature-of-one", builder => builder.Dense(1), 4, new() { Calibration = new TemperatureScaling(1.7) }),
        new ExportCase<float>(
            "temperature-of-softmax",
            builder => builder.Dense(3, new Softmax()),
            4,
            new() { Calibration = new TemperatureScaling(1.7) }),
        new ExportCase<float>(
            "platt", builder => builder.Dense(1), 4, new() { Calibration = new PlattScaling(0.6, -1.25) }),
        new ExportCase<double>(
            "platt-of-sigmoid",
            builder => builder.Dense(1, new Sigmoid()),
            4,
            new() { Calibration = new PlattScaling(0.6, -1.25) }),

        // In double, as a sigmoid near 1 keeps too few digits of its logit in float to be compared.
        new ExportCase<double>(
            "calibrated-labels",
            builder => builder.Dense(2, new Sigmoid()),
            4,
            new()
            {
                Calibration = new PerLabelCalibration([new PlattScaling(0.6, -1.25), new TemperatureScaling(3)]),
            }),
    ];

    private static IEnumerable<IExportCase> Encodings()
    {
        var encoding = new OneHotEncoding([[0, 1, 2], [-1, 0.1, 5]], UnknownCategory.Zeros);
        var table = new ColumnTransform(
            5,
            new([4, 0], new TransformSequence(new Imputation([1.5, -0.5]), new Standardization([1e6, 0.1], [3, 0.7]))),
            new([1, 3], encoding),
            new([2]));
        var steps = new PiecewiseLinearEncoding([-2, -0.5, 0, 1.5], [0.25], [0, 2]);
        yield return new ExportCase<float>(
            "piecewise-linear-encoding",
            builder => builder.Dense(4),
            inputShape: 5,
            new() { Preprocessing = steps });
        yield return new ExportCase<double>(
            "piecewise-linear-encoding-double",
            builder => builder.Dense(4),
            inputShape: 5,
            new() { Preprocessing = steps });
        yield return new ExportCase<float>(
            "piecewise-linear-encoding-clipped",
            builder => builder.Dense(4),
            inputShape: 5,
            new() { Preprocessing = new PiecewiseLinearEncoding([[-2, -0.5, 0, 1.5], [0.25], [0, 0.1]], clips: true) });
        yield return Cyclic<float>("cyclic-encoding");
        yield return Cyclic<double>("cyclic-encoding-double");
        yield return Missing<float>("missing-indicator");
        yield return Missing<double>("missing-indicator-double");
        yield return new ExportCase<float>(
            "one-hot-encoding",
            builder => builder.Dense(4),
            inputShape: 6,
            new() { Preprocessing = encoding },
            Categories<float>);
        yield return new ExportCase<double>(
            "one-hot-encoding-double",
            builder => builder.Dense(4),
            inputShape: 6,
            new() { Preprocessing = encoding },
            Categories<double>);
        yield return new ExportCase<float>(
            "table",
            builder => builder.Dense(4, new ReLU()).Dense(2),
            inputShape: 9,
            new() { Preprocessing = table },
            Table<float>);
        yield return new ExportCase<double>(
            "table-double",
            builder => builder.Dense(4, new ReLU()).Dense(2),
            inputShape: 9,
            new() { Preprocessing = table },
            Table<double>);
    }

    // Times of many periods, before and after 0.
    private static ExportCase<T> Cyclic<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T> => new(
            name,
            builder => builder.Dense(4),
            inputShape: 6,
            new() { Preprocessing = new CyclicEncoding([86_400, 365.25, 0.1]) },
            samples => TestData.Uniform<T>(3, samples, seed: samples, from: -2e9, to: 2e9));

    private static ExportCase<T> Missing<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T> => new(
            name,
            builder => builder.Dense(4),
            inputShape: 3,
            new()
            {
                Preprocessing = new ColumnTransform(
                    5, new ColumnBlock([0], new Imputation([0.5])), new ColumnBlock([0, 2], new MissingIndicator(2))),
            },
            Table<T>);

    /// <summary>Networks that split and join.</summary>
    private static IEnumerable<IExportCase> Splits() =>
    [
        new ExportCase<float>("branches", Branches),
        new ExportCase<double>("branches-double", Branches),
        new ExportCase<float>("image", Image, new FeatureShape(2, 3, 4)),
        new ExportCase<double>("image-double", Image, new FeatureShape(2, 3, 4)),
        new ExportCase<float>("convolutions", Convolutions, new FeatureShape(9, 7, 4)),
        new ExportCase<double>("convolutions-double", Convolutions, new FeatureShape(9, 7, 4), runs: false),
        new ExportCase<float>("convolutions-of-steps", ConvolutionsOfSteps, new FeatureShape(12, 3)),
        new ExportCase<float>("group-normalization", b => b.GroupNormalization(2), new FeatureShape(3, 5, 4)),
        new ExportCase<double>("instance-normalization", b => b.GroupNormalization(4), new FeatureShape(7, 4)),
        new ExportCase<float>("rms-normalization", b => b.RmsNormalization(1e-3), new FeatureShape(3, 5, 4)),
        new ExportCase<double>("rms-normalization-double", builder => builder.RmsNormalization()),
        new ExportCase<float>("transposed-convolutions", TransposedConvolutions, new FeatureShape(4, 3, 4)),
        new ExportCase<double>(
            "transposed-convolutions-double", TransposedConvolutions, new FeatureShape(4, 3, 4), runs: false),
        new ExportCase<float>("transposed-convolutions-of-steps", TransposedOfSteps, new FeatureShape(5, 3)),
        new ExportCase<float>("resizing", Resizing, new FeatureShape(3, 2, 3)),
        new ExportCase<double>("resizing-double", Resizing, new FeatureShape(3, 2, 3), runs: false),
        new ExportCase<float>("merges", Merges, new FeatureShape(3, 4)),
        new ExportCase<double>("merges-double", Merges, new FeatureShape(3, 4)),
        // Of standardized features: the phase of a large number has few digits left in float.
        new ExportCase<float>(
            "periodic-features",
            builder => builder.PeriodicFeatures(3, 0.2).Dense(2),
            inputs: samples => TestData.Uniform<float>(6, samples, seed: samples, from: -3, to: 3)),
        new ExportCase<float>(
            "recurrent-of-categories", builder => builder.Embedding(9, 4).Lstm(5, bidirectional: true).Dense(2), 8,
            inputs: samples => TestData.Uniform<float>(8, samples, seed: samples, from: 0, to: 9).PointwiseFloor()),
        new ExportCase<float>(
            "padded-sequences",
            builder => builder.PaddedSequences(
                new FeatureShape(5, 2), steps => steps.Gru(3, returnSteps: true).Lstm(4, bidirectional: true)).Dense(2),
            11,
            inputs: PaddedCatalogue.Sequences<float>),
        .. PaddedCatalogue.All,
        new ExportCase<float>("embeddings", TableNetwork<float>(), inputs: CategoriesAndNumbers<float>),
        new ExportCase<double>("embeddings-double", TableNetwork<double>(), inputs: CategoriesAndNumbers<double>),
        new ExportCase<float>("inputs-and-outputs", InputsAndOutputs<float>()),
        new ExportCase<double>(
            "inputs-and-outputs-double-with-softmax", InputsAndOutputs<double>(), new() { AppendSoftmaxTo = ["kind"] }),
        new ExportCase<float>(
            "glu", builder => builder.Glu(new Tanh()).Dense(8).Glu(), new FeatureShape(5, 4)),
        new ExportCase<double>("glu-double", Gates, new FeatureShape(5, 4)),
        new ExportCase<float>(
            "attention-pooling", builder => builder.AttentionPooling().Dense(2), new FeatureShape(5, 3)),
        new ExportCase<double>(
            "attention-pooling-double",
            builder => builder.PerStep(step => step.Dense(4)).AttentionPooling(),
            new FeatureShape(5, 3)),
        new ExportCase<float>(
            "outputs-without-layers",
            Network.Create<float>(seed: 1).Input("a", 2).Input("b", 3).Output("x").Output("y").Build()),
        new ExportCase<float>(
            "inputs-and-preprocessing",
            Network.Create<float>(seed: 1).Input("a", 2).Input("b", 1).Dense(2).Output("x").Build(),
            new() { Preprocessing = new Standardization([0.5, -2, 100], [2, 0.25, 30]) }),
    ];

    // Gates without bounds multiply the rounding of what they meet, so that too few digits are left in float.
    private static NetworkBuilder<T> Gates<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> => builder
        .Glu(new Tanh()).PerStep(step => step.Dense(6).Glu(new Softmax())).Dense(8).Glu().SwiGlu(3);

    /// <summary>Networks whose samples have more dimensions than one.</summary>
    private static IEnumerable<IExportCase> Images() =>
    [
        new ExportCase<float>("no-biases", builder => builder.Dense(4, new ReLU(), biases: false).Dense(3)),
        new ExportCase<float>(
            "weight-normalization",
            builder => builder.GaussianNoise(0.1)
                .WeightNormalization(layer => layer.Convolution(4, 2, biases: false), new ReLU())
                .AlphaDropout().WeightNormalization(layer => layer.Dense(3, biases: false))
                .ActivityPenalty(new L1Penalty()),
            new FeatureShape(5, 4, 3)),
        new ExportCase<double>(
            "weight-normalization-double",
            builder => builder.WeightNormalization(layer => layer.Dense(3, biases: false), new Tanh(), biases: false)),
        new ExportCase<float>("recurrent", Recurrent, new FeatureShape(7, 3)),
        new ExportCase<double>("recurrent-double", Recurrent, new FeatureShape(7, 3)),
        new ExportCase<float>("recurrent-of-a-step", builder => builder.Lstm(3).Dense(2), new FeatureShape(1, 4)),
        new ExportCase<float>(
            "softmax-of-steps",
            builder => builder.PerStep(step => step.Dense(4)).Activation(new Softmax()),
            new FeatureShape(5, 3)),
        new ExportCase<double>(
            "softmax-of-pixels-double",
            builder => builder.Activation(new LogSoftmax()).Dense(3, new Softmax()),
            new FeatureShape(3, 2, 4)),
        new ExportCase<float>("sequence-of-steps", builder => builder.PReLU(), new FeatureShape(5, 3)),
        new ExportCase<float>(
            "last-step", builder => builder.Activation(new Tanh()).LastStep().Dense(2), new FeatureShape(5, 3)),
        new ExportCase<float>(
            "per-step",
            builder => builder.PerStep(step => step.Dense(4, new Tanh()).PReLU().Dense(2)).Dense(3),
            new FeatureShape(5, 3)),
        new ExportCase<double>(
            "per-step-double",
            builder => builder.PerStep(step => step.Dense(4, new ReLU(), biases: false)),
            new FeatureShape(5, 3)),
        new ExportCase<float>("classifier-of-images", ImageClassifier, new FeatureShape(9, 7, 4)),
        new ExportCase<double>("classifier-of-images-double", ImageClassifier, new FeatureShape(9, 7, 4), runs: false),
        new ExportCase<float>(
            "image-to-image",
            builder => builder
                .BatchNormalization().PReLU(slopePerFeature: true).LayerNormalization()
                .Residual(block => block.Activation(new Tanh()).Convolution(3, kernelSize: 3, padding: Padding.Same))
                .Convolution(2, kernelSize: 1, activation: new Softmax()),
            new FeatureShape(4, 5, 3)),
        new ExportCase<float>(
            "classifier-of-steps",
            builder => builder
                .Convolution(5, kernelSize: 3, padding: 2, dilation: 2, activation: new Tanh())
                .MaxPooling(3, stride: 2, padding: 1).AveragePooling(2).Convolution(4, kernelSize: 2, stride: 2)
                .GlobalMaxPooling().Dense(2),
            new FeatureShape(12, 3)),
        new ExportCase<float>(
            "channels-first",
            builder => builder.Permute(1, 2, 0).Convolution(4, kernelSize: 2, activation: new ReLU()).Permute(2, 1, 0),
            new FeatureShape(3, 5, 4)),
        new ExportCase<float>(
            "single-channel",
            builder => builder.Convolution(2, 3, activation: new ReLU()).MaxPooling(2).Dense(5).Dense(2),
            new FeatureShape(8, 6, 1)),
    ];

    private static NetworkBuilder<T> Branches<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .Branches(
                Merge.Concatenation,
                slice => slice.Slice(1, 3).Dense(4, new Tanh()),
                shortcut => shortcut,
                sum => sum.Branches(Merge.Sum, one => one.Dense(2), two => two.Dense(3, new ReLU()).Dense(2)))
            .Dense(3);

    private static NetworkBuilder<T> Merges<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .Branches(
                Merge.Average,
                product => product.Branches(Merge.Product, one => one.PReLU(), two => two, three => three.PReLU()),
                maximum => maximum.Branches(Merge.Maximum, one => one.LayerNormalization(), two => two),
                other => other.Flatten().Dense(12).Reshape(new FeatureShape(3, 4)))
            .Dense(3);

    private static Network<T> TableNetwork<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(seed: 1)
            .Input("categories", 3).Input("numbers", 2)
            .Branches(
                Merge.Concatenation,
                one => one.From("categories").Slice(0, 1).Embedding(9, 4),
                shared => shared.From("categories").Embedding(9, 2).Flatten(),
                numbers => numbers.From("numbers").Dense(4, new Tanh()))
            .Dense(2).Build();

    private static Matrix<T> CategoriesAndNumbers<T>(int samples)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Matrix<T>.Build.Dense(3, samples, (i, j) => T.CreateChecked(((i * 5) + (j * 7)) % 9))
            .Stack(TestData.Uniform<T>(2, samples, seed: samples));

    private static Network<T> InputsAndOutputs<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(seed: 1)
            .Input("steps", new FeatureShape(5, 3)).Input("table", 4)
            .Branches(
                Merge.Concatenation,
                steps => steps.From("steps").LayerNormalization().Flatten(),
                part => part.Slice(14, 3),
                table => table.From("table").Dense(3, new Tanh()))
            .Output("price", price => price.Dense(1))
            .Output("kind", kind => kind.Dense(3))
            .Output("steps again", again => again.Dense(6).Reshape(new FeatureShape(2, 3)))
            .Build();

    private static NetworkBuilder<T> Image<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .BatchNormalization()
            .Branches(Merge.Concatenation, one => one.PReLU(slopePerFeature: true), other => other.LayerNormalization())
            .Residual(block => block.Activation(new Tanh()).BatchNormalization());

    private static NetworkBuilder<T> Convolutions<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .Convolution(6, kernelSize: 3, padding: Padding.Same, activation: new ReLU())
            .BatchNormalization()
            .MaxPooling((2, 3), stride: (2, 1), padding: (1, 0, 1, 1))
            .Convolution(8, (2, 3), stride: (1, 2), padding: (2, 1, 0, 1), dilation: (2, 1), groups: 2, biases: false)
            .Convolution(3, kernelSize: 1, activation: new Softmax())
            .Branches(
                Merge.Concatenation,
                one => one.AveragePooling(2, padding: 1).GlobalMaxPooling(),
                two => two.AveragePooling(2, stride: 1, padding: 1, countPadding: true).GlobalAveragePooling(),
                three => three.Dense(4));

    private static NetworkBuilder<T> ImageClassifier<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .Convolution(6, kernelSize: 3, padding: Padding.Same, activation: new ReLU())
            .BatchNormalization()
            .Residual(block => block.Convolution(6, kernelSize: 3, padding: 1, activation: new Mish()).PReLU())
            .MaxPooling((2, 3), stride: (2, 1), padding: (1, 0, 1, 1))
            .Convolution(8, (2, 3), stride: (1, 2), padding: (2, 1, 0, 1), dilation: (2, 1), groups: 2, biases: false)
            .AveragePooling(2, stride: 1, padding: 1, countPadding: true).AveragePooling(2, padding: 1)
            .Dense(6, new ReLU()).BatchNormalization().Dense(3);

    private static NetworkBuilder<T> ConvolutionsOfSteps<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .Convolution(5, kernelSize: 3, padding: 2, dilation: 2, activation: new Tanh())
            .MaxPooling(3, stride: 2, padding: 1)
            .Branches(
                Merge.Concatenation,
                one => one.AveragePooling(2).GlobalMaxPooling(),
                two => two.Convolution(4, kernelSize: 2, stride: 2).GlobalAveragePooling());

    private static NetworkBuilder<T> TransposedConvolutions<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .TransposedConvolution(6, kernelSize: 3, stride: 2, padding: Padding.Same, activation: new ReLU())
            .TransposedConvolution(
                4,
                (2, 3),
                stride: (2, 3),
                padding: (2, 1, 0, 1),
                outputPadding: (1, 2),
                dilation: (3, 1),
                groups: 2,
                biases: false)
            .TransposedConvolution(3, kernelSize: 1, stride: 2, padding: Padding.Same, activation: new Softmax());

    private static NetworkBuilder<T> TransposedOfSteps<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .TransposedConvolution(4, kernelSize: 4, stride: 3, padding: 1, outputPadding: 1, activation: new Tanh())
            .SpatialDropout().ZeroPadding((3, 1, 0, 0)).UpSampling(2).UpSampling(3, Interpolation.Bilinear);

    private static NetworkBuilder<T> Recurrent<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .Lstm(5, returnSteps: true, options: new() { LearnsInitialState = true })
            .Gru(4, returnSteps: true, bidirectional: true)
            .Gru(3, returnSteps: true, resetAfter: false, options: new() { IsReversed = true, HasBiases = false })
            .SimpleRecurrent(4, returnSteps: true)
            .SimpleRecurrent(6, new ReLU(), bidirectional: true, options: new() { LearnsInitialState = true })
            .Dense(2);

    private static NetworkBuilder<T> Resizing<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .ZeroPadding((1, 0, 2, 3)).UpSampling((2, 3)).SpatialDropout(0.3).UpSampling((3, 2), Interpolation.Bilinear)
            .Activation(new Tanh());

    private static NetworkBuilder<T> EveryLayer<T>(NetworkBuilder<T> builder)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder
            .Dense(12, new ReLU())
            .BatchNormalization()
            .Activation(new Sigmoid())
            .Residual(block => block.LayerNormalization().Dense(8).PReLU().Dense(12))
            .Dropout(0.25)
            .PReLU(slopePerFeature: true)
            .Dense(10);

    // Some are no category of the encoding; 0.1 is one in double only.
    private static Matrix<T> Categories<T>(int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(samples);
        double[] first = [0, 1, 2, 3];
        double[] second = [-1, 0.1, 5, 0];
        return Matrix<T>.Build.Dense(
            2, samples, (i, _) => T.CreateTruncating(i == 0 ? first[random.Next(4)] : second[random.Next(4)]));
    }

    // The last column lies far from 0, and some of its numbers are missing.
    private static Matrix<T> Table<T>(int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> table = TestData.Uniform<T>(5, samples, seed: 7);
        Matrix<T> categories = Categories<T>(samples);
        for (int j = 0; j < samples; j++)
        {
            table[1, j] = categories[0, j];
            table[3, j] = categories[1, j];
            table[4, j] = T.CreateTruncating(1e6) + table[4, j];
            if (j % 5 == 0)
            {
                table[0, j] = T.NaN;
            }
        }

        return table;
    }
}
