using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Decisions;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>A pipeline is exported with all that its predictions go through, or refused.</summary>
public sealed class PipelineExportTests
{
    private static readonly Standardization _inputs = new([1, 2], [3, 4]);

    [Fact]
    public void The_model_gives_what_the_pipeline_predicts()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(8, new Tanh()).Dense(3).Build();
        var labels = new LabelEncoder(["a", "b", "c"]);
        Same(Pipeline.Create(network, _inputs, labels: labels).WithCalibration(new TemperatureScaling(2.5)));
        Same(Pipeline.Create(network, _inputs, new Standardization([10, 20, 30], [4, 5, 6])));
        Same(Pipeline.Create(network, _inputs, labels: labels, meaning: OutputMeaning.Labels).WithCalibration(
            new PerLabelCalibration(
                [new PlattScaling(0.5, 1), new TemperatureScaling(2), new PlattScaling(2, -0.25)])));

        static void Same(Pipeline<double> pipeline)
        {
            using var stream = new MemoryStream();
            pipeline.SaveOnnx(stream);
            stream.Position = 0;
            Matrix<double> inputs = TestData.Uniform<double>(2, 50, seed: 2, -3, 3);
            TestData.Difference(Network.LoadOnnx<double>(stream).Predict(inputs), pipeline.Predict(inputs))
                .Should().BeLessThan(1e-12);
        }
    }

    [Fact]
    public void What_no_operator_does_is_refused_by_name()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        Pipeline<float> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["a", "b", "c"]));
        var isotonic = new IsotonicCalibration([-1, 1], [0.1, 0.9]);
        Refused(pipeline.WithCalibration(new OneVersusRestCalibration([isotonic, isotonic, isotonic])))
            .Should().Throw<NotSupportedException>().WithMessage("*OneVersusRestCalibration*Temperature*");
        Network<float> one = Network.Create<float>(2, seed: 1).Dense(1).Build();
        Refused(Pipeline.Create(one, labels: new LabelEncoder(["a", "b"])).WithCalibration(isotonic))
            .Should().Throw<NotSupportedException>().WithMessage("*IsotonicCalibration*");
        Refused(pipeline, new() { Preprocessing = _inputs }).Should().Throw<ArgumentException>()
            .WithMessage("The pipeline has its own*").WithParameterName("options");
        Refused(pipeline.WithCalibration(new TemperatureScaling(2)), new() { AppendSoftmax = true })
            .Should().Throw<ArgumentException>().WithMessage("A calibration gives probabilities*");
        FluentActions.Invoking(() => network.SaveOnnx(
                new MemoryStream(), new() { Calibration = new PlattScaling(1, 0) }))
            .Should().Throw<ArgumentException>().WithMessage("*of one output*");

        static Action Refused(Pipeline<float> pipeline, OnnxExportOptions? options = null) =>
            () => pipeline.SaveOnnx(new MemoryStream(), options);
    }
}
