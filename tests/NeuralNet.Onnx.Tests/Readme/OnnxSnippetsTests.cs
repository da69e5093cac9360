using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Readme;

public sealed class OnnxSnippetsTests
{
    [Fact]
    public void A_network_is_saved_with_its_preprocessing_and_loaded()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(8, new ReLU()).Dense(3).Build();
        var standardization = new Standardization([1, 2, 3, 4], [0.5, 1, 2, 4]);
        OnnxSnippets.Save(network, standardization);
        Network<float> loaded = OnnxSnippets.Load();

        Matrix<float> inputs = TestData.Uniform<float>(4, 5, seed: 1);
        Matrix<float> logits = network.Predict(standardization.Transform(inputs));
        Matrix<float> probabilities = logits.PointwiseExp();
        probabilities = probabilities.NormalizeColumns(1);
        TestData.Difference(loaded.Predict(inputs), probabilities).Should().BeLessThan(1e-6);
    }

    [Fact]
    public void A_pipeline_is_saved_and_loaded_with_its_imputation()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        Pipeline<float> pipeline = Pipeline.Create(
            network, new Imputation([1, 2]), labels: new LabelEncoder(["a", "b", "c"]));
        OnnxSnippets.Save(pipeline);
        Pipeline<float> loaded = OnnxSnippets.LoadWithImputation();

        float[] sample = [float.NaN, 0.5f];
        var inputs = new ReadOnlyMatrixSpan<float>(sample, 2, 1);
        TestData.Difference(loaded.Predict(inputs), pipeline.PredictProbabilities(inputs)).Should().BeLessThan(1e-6);
    }
}
