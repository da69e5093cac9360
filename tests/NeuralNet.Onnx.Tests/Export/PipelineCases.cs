using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Decisions;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>Pipelines with labels, with everything that their answers go through.</summary>
internal static class PipelineCases
{
    private static readonly LabelEncoder _three = new(["setosa", "", "Ψ 'quoted'"]);
    private static readonly LabelEncoder _two = new(["no", "yes"]);

    private static readonly Standardization _inputs = new([1, 2, 0, 0], [3, 4, 1, 0.5]);
    private static readonly TransformSequence _missing = new(new Imputation([1, 2, 3, 4]), _inputs);

    private static readonly ClassCosts _costs = new(new double[,] { { -1, 2, 5 }, { 3, 0, 1 }, { 2, 4, 0 } });

    private static readonly IsotonicCalibration _steps =
        new([-2, -1, -0.5, 0.25, 1.5], [0, 0.25, 0.25, 0.8, 0.9]);

    public static IReadOnlyList<IExportCase> All { get; } = [.. Of<float>("float"), .. Of<double>("double")];

    public static IExportCase Named(string name) => All.Single(one => one.Name == name);

    private static IEnumerable<IExportCase> Of<T>(string type)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Pipeline<T> logits = Pipeline.Create(Network<T>(3), _inputs, labels: _three);
        Pipeline<T> single = Pipeline.Create(Network<T>(1), _inputs, labels: _two);
        Pipeline<T> several = Pipeline.Create(Network<T>(3), labels: _three, meaning: OutputMeaning.Labels);
        (string Name, Pipeline<T> Pipeline)[] pipelines =
        [
            ("logits", logits),
            ("missing", Pipeline.Create(Network<T>(3), _missing, labels: _three)),
            ("softmax", Pipeline.Create(Network<T>(3, new Softmax()), _inputs, labels: _three)),
            ("log-softmax", Pipeline.Create(Network<T>(3, new LogSoftmax()), labels: _three)),
            ("whole-numbers", Pipeline.Create(Network<T>(3), labels: new LabelEncoder(["7", "-1", "10"]))),
            ("not-all-whole", Pipeline.Create(Network<T>(3), labels: new LabelEncoder(["7", "-1", "010"]))),
            ("temperature", logits.WithCalibration(new TemperatureScaling(2.5))),
            ("costs", logits.WithCosts(_costs)),
            ("costs-calibrated", logits.WithCalibration(new TemperatureScaling(0.5)).WithCosts(_costs)),
            ("costs-log-softmax",
                Pipeline.Create(Network<T>(3, new LogSoftmax()), labels: _three).WithCosts(_costs)),
            ("one-versus-rest", logits.WithCalibration(
                new OneVersusRestCalibration([_steps, new PlattScaling(2, 1), _steps]))),
            ("one-versus-rest-platt", logits.WithCalibration(new OneVersusRestCalibration(
                [new PlattScaling(0.5, 0), new PlattScaling(2, 1), new PlattScaling(1, -1)]))),
            ("impossible", logits.WithCalibration(new OneVersusRestCalibration(
                [.. Enumerable.Repeat(new IsotonicCalibration([-0.5, 0.5], [0, 1]), 3)]))),
            ("single", single),
            ("single-sigmoid", Pipeline.Create(Network<T>(1, new Sigmoid()), _inputs, labels: _two)),
            ("single-threshold", single.WithThresholds(0.75)),
            ("single-sigmoid-threshold",
                Pipeline.Create(Network<T>(1, new Sigmoid()), labels: new LabelEncoder(["0", "1"]), threshold: 0.4)),
            ("single-platt", single.WithCalibration(new PlattScaling(0.6, -1.25)).WithThresholds(0.3)),
            ("single-isotonic", single.WithCalibration(_steps).WithThresholds(0.25)),
            ("single-constant", single.WithCalibration(new IsotonicCalibration([0.5], [0.75]))),
            ("labels", several),
            ("labels-thresholds", several.WithThresholds(0.5, -0.25, 0)),
            ("labels-sigmoid", Pipeline.Create(
                Network<T>(3, new Sigmoid()), labels: _three, meaning: OutputMeaning.Labels)),
            ("labels-calibrated", several.WithCalibration(
                new PerLabelCalibration([_steps, new PlattScaling(0.5, 1), new TemperatureScaling(2)]))
                .WithThresholds(0.25, 0.6, 0.5)),
        ];
        return pipelines.Select(one => new PipelineCase<T>($"pipeline-{type}-{one.Name}", one.Pipeline));
    }

    private static Network<T> Network<T>(int outputs, IActivation? activation = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Networks.Network.Create<T>(4, seed: 1).Dense(8, new Tanh()).Dense(outputs, activation).Build();
}
