using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Models that other programs wrote predict what they did there.</summary>
public sealed class ForeignModelTests
{
    public static TheoryData<string> Names { get; } = new(ForeignModel.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_predicts_what_it_did_where_it_was_made_in_float(string name) =>
        new ForeignModel(name).Difference<float>().Should().BeLessThan(1e-5);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_predicts_what_it_did_where_it_was_made_in_double(string name) =>
        new ForeignModel(name).Difference<double>().Should()
            .BeLessThan(name.Contains("double", StringComparison.Ordinal) ? 1e-7 : 1e-5);

    [Theory]
    [InlineData("torch-activations-9", "")]
    [InlineData("torch-activations-10", "")]
    [InlineData("torch-activations-12", "CELU ")]
    [InlineData("torch-activations-17", "CELU ")]
    [InlineData("torch-activations-double", "CELU ")]
    public void Activations_are_those_they_were(string name, string first)
    {
        Network<float> network = new ForeignModel(name).Load<float>();
        string.Join(
            ' ',
            network.Layers.OfType<Residual<float>>().SelectMany(block => block.Body.Children)
                    .Select(layer => layer.Activation?.Name ?? layer.Kind))
            .Should().Be(
                first + "ReLU LeakyReLU ReLU6 ELU SELU GELU GELU SiLU Mish Sigmoid HardSigmoid LogSigmoid "
                + "Tanh HardTanh HardSwish Softplus Softsign Identity prelu Identity prelu Softmax LogSoftmax "
                + "Identity Identity");
    }

    [Fact]
    public void Layers_of_several_operators_are_layers()
    {
        Kinds("torch-normalized-9").Should().Be(Kinds("torch-normalized-17"));
        Kinds("torch-normalized-14").Should().Be(
            "dense batchNormalization activation layerNormalization dense layerNormalization activation "
            + "batchNormalization dense");
        Kinds("torch-residual-11").Should().Be("dense residual residual dense");
        Kinds("keras-mlp-15").Should().Be("dense batchNormalization dense activation dense dense");
        Kinds("scikit-learn-classifier-15").Should().Be("batchNormalization dense dense");
        Kinds("torch-view-17").Should().Be("dense");
        Kinds("new-21").Should().Be("dense layerNormalization dense dropout layerNormalization activation dense");

        static string Kinds(string name) =>
            string.Join(' ', new ForeignModel(name).Load<float>().Layers.Select(layer => layer.Kind));
    }

    [Fact]
    public void There_are_models() => ForeignModel.Names.Should().HaveCountGreaterThan(10);
}
