using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Layers;

/// <summary>
/// Networks with branches, reshapes and embeddings train and then predict as PyTorch's do, whose images have their
/// channels first wherever they are flattened, joined or made of features.
/// </summary>
public sealed class BranchesParityTests
{
    private static readonly Dictionary<string, TrainedCase> _cases =
        ReferenceFile.Read<Dictionary<string, TrainedCase>>("branches");

    private static readonly Dictionary<string, Func<Network<double>>> _networks = new()
    {
        ["image and table"] = () => Network.Create<double>(seed: 1)
            .Input("image", new FeatureShape(4, 3, 2)).Input("table", 3)
            .Branches(
                Merge.Concatenation,
                image => image.From("image").Convolution(3, 2, activation: new Tanh()).Flatten(),
                table => table.From("table").Dense(4, new Sigmoid()))
            .BatchNormalization().Dense(2).Build(),
        ["flat image and table"] = () => Network.Create<double>(seed: 1)
            .Input("image", new FeatureShape(2, 3, 2)).Input("table", 3).Dense(5, new Tanh()).Build(),
        ["autoencoder"] = () => Network.Create<double>(new FeatureShape(4, 3, 2), seed: 1)
            .Convolution(4, 2, activation: new Tanh()).Flatten().Dense(3, new Tanh())
            .Dense(24).BatchNormalization().PReLU(slopePerFeature: true).Reshape(new FeatureShape(3, 2, 4))
            .TransposedConvolution(2, 2).Build(),
        ["embeddings"] = () => Network.Create<double>(seed: 1)
            .Input("categories", 2).Input("numbers", 2)
            .Branches(
                Merge.Concatenation,
                categories => categories.From("categories").Embeddings((7, 3), (40, 5)),
                numbers => numbers.From("numbers").Dense(4, new Tanh()))
            .Dense(2).Build(),
        ["shared embedding"] = () => Network.Create<double>(5, seed: 1).Embedding(6, 4).Dense(3).Build(),
        ["merges"] = () => Network.Create<double>(5, seed: 1)
            .Dense(12)
            .Branches(
                Merge.Concatenation,
                all => all.Branches(Merge.Product, One, Two, Three),
                all => all.Branches(Merge.Average, One, Two, Three),
                all => all.Branches(Merge.Maximum, One, Three))
            .Build(),
    };

    // Where the modules of one kind have no numbers.
    private static readonly Dictionary<string, Dictionary<string, string>> _modules = new()
    {
        ["image and table"] = new()
        {
            ["branches1.sequence1.convolution1"] = "conv",
            ["branches1.sequence2.dense1"] = "table",
            ["batchNormalization1"] = "norm",
            ["dense1"] = "last",
        },
        ["autoencoder"] = new()
        {
            ["convolution1"] = "conv",
            ["dense1"] = "code",
            ["dense2"] = "decode",
            ["batchNormalization1"] = "norm",
            ["prelu1"] = "slopes",
            ["transposedConvolution1"] = "up",
        },
        ["embeddings"] = new()
        {
            ["branches1.sequence1.branches1.sequence1.embedding1"] = "days",
            ["branches1.sequence1.branches1.sequence2.embedding1"] = "zones",
            ["branches1.sequence2.dense1"] = "numbers",
            ["dense1"] = "last",
        },
        ["shared embedding"] = new() { ["embedding1"] = "words", ["dense1"] = "last" },
    };

    public static TheoryData<string> Cases { get; } = new(_networks.Keys);

    [Fact]
    public void Every_case_is_tested() => _networks.Keys.Should().BeEquivalentTo(_cases.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_steps_and_predictions_are_those_of_PyTorch(string name) =>
        _cases[name].Require(_networks[name](), _modules.GetValueOrDefault(name));

    private static NetworkBuilder<double> One(NetworkBuilder<double> branch) =>
        branch.Slice(0, 4).Activation(new Tanh());

    private static NetworkBuilder<double> Two(NetworkBuilder<double> branch) =>
        branch.Slice(4, 4).Activation(new Sigmoid());

    private static NetworkBuilder<double> Three(NetworkBuilder<double> branch) => branch.Slice(8, 4);
}
