using MathNet.Numerics.LinearAlgebra;
using NeuralNet.CodeGeneration;
using NeuralNet.GradientChecks;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Serialization;
using NeuralNet.Traces;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>Networks that split and join are all that the guides say of them.</summary>
public sealed class BranchingTests
{
    [Fact]
    public void Branches_are_saved_exported_traced_and_checked()
    {
        Network<float> network = Branching.Split();
        network.ToCSharpSource().Should().Contain("branches1.sequence2.residual1.dense1");
        using var onnx = new MemoryStream();
        network.SaveOnnx(onnx);
        onnx.Length.Should().BeGreaterThan(0);
        onnx.Position = 0;
        Network.LoadOnnx<float>(onnx).OutputSize.Should().Be(network.OutputSize);

        using var stream = new MemoryStream();
        network.Save(stream);
        stream.Position = 0;
        Network<double> same = Network.Load<double>(stream);
        Matrix<double> inputs = Matrix<double>.Build.Random(10, 5, seed: 1);
        Matrix<double> targets = Matrix<double>.Build.Random(3, 5, seed: 2);
        Matrix<float> predicted = network.Predict(inputs.ToSingle());
        (same.Predict(inputs).ToSingle() - predicted).InfinityNorm().Should().BeLessThan(1e-5);
        GradientCheck.Run(same, new MeanSquaredError(), inputs, targets).EnsurePassed();

        var trace = BackpropagationTrace.Run(same, new MeanSquaredError(), inputs.Column(0), targets.Column(0));
        trace.ToString().Should().Contain("branches1.sequence2.residual1.dense1");
        trace.Dense("branches1.sequence1.dense1").WeightGradient.L2Norm().Should().BePositive();
    }

    [Fact]
    public void An_image_is_normalized_by_channel()
    {
        Network<float> network = Branching.Image();
        network.InputSize.Should().Be(28 * 28 * 3);
        network.Layers[0].OutputShape.Should().Be(new FeatureShape(28, 28, 3));
        network.Parameter("batchNormalization1.runningMean").Count.Should().Be(3);
        network.OutputShape.Should().Be(new FeatureShape(10));
    }
}
