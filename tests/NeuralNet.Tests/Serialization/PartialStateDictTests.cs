using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.PyTorch;

namespace NeuralNet.Tests.Serialization;

/// <summary>Parts of a <c>state_dict</c>: by a prefix, and without strictness.</summary>
public sealed class PartialStateDictTests
{
    [Fact]
    public void A_prefix_picks_a_part_of_a_larger_model()
    {
        Network<float> whole = Make(seed: 1);
        Network<float> part = Make(seed: 2);
        using MemoryStream file = Saved(
            whole, new() { ["dense1"] = "backbone.0", ["dense2"] = "backbone.2", ["dense3"] = "head" });
        Network<float> backbone = Network.Create<float>(4, seed: 3).Dense(5, new ReLU()).Dense(3).Build();

        StateDictReport report = backbone.LoadStateDict(file, prefix: "backbone.");

        report.Missing.Should().BeEmpty();
        report.Unexpected.Should().BeEmpty();
        Values(backbone, "dense1.weights").Should().Equal(Values(whole, "dense1.weights"));
        Values(backbone, "dense2.biases").Should().Equal(Values(whole, "dense2.biases"));
        file.Position = 0;
        FluentActions.Invoking(() => part.LoadStateDict(file, prefix: "tail."))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*begins with 'tail.'*'backbone.0.weight' (F32, 5 × 4)*");
    }

    [Fact]
    public void What_has_no_counterpart_is_told_and_left_alone_where_loading_is_not_strict()
    {
        Network<float> source = Make(seed: 1);
        using MemoryStream file = Saved(source, new() { ["dense1"] = "a", ["dense2"] = "b", ["dense3"] = "old" });
        Network<float> network = Make(seed: 2);
        float[] kept = Values(network, "dense3.weights");

        StateDictReport report = network.LoadStateDict(
            file, new Dictionary<string, string> { ["dense1"] = "a", ["dense2"] = "b" }, strict: false);

        report.Missing.Should().Equal("dense3.weights", "dense3.biases");
        report.Unexpected.Should().BeEquivalentTo("old.weight", "old.bias");
        Values(network, "dense2.weights").Should().Equal(Values(source, "dense2.weights"));
        Values(network, "dense3.weights").Should().Equal(kept);
        file.Position = 0;
        FluentActions.Invoking(() => network.LoadStateDict(
            file, new Dictionary<string, string> { ["dense1"] = "a", ["dense2"] = "b" }))
            .Should().Throw<ArgumentException>().WithMessage("*dense3*");
    }

    [Fact]
    public void Without_names_what_is_clear_is_loaded()
    {
        Network<float> source = Make(seed: 1);
        using MemoryStream file = Saved(source, modules: null);
        Network<float> longer = Network.Create<float>(4, seed: 2)
            .Dense(5, new ReLU()).Dense(3).BatchNormalization().Dense(2).Dense(7).Build();

        StateDictReport report = longer.LoadStateDict(file, strict: false);

        report.Unexpected.Should().BeEmpty();
        report.Missing.Should().Contain("dense4.weights").And.Contain("batchNormalization1.gamma")
            .And.NotContain("dense3.weights");
        Values(longer, "dense1.weights").Should().Equal(Values(source, "dense1.weights"));
    }

    [Fact]
    public void Shapes_must_fit_all_the_same()
    {
        using MemoryStream file = Saved(Make(seed: 1), modules: null);
        Network<float> other = Network.Create<float>(4, seed: 2).Dense(6, new ReLU()).Dense(3).Dense(2).Build();
        float[] before = Values(other, "dense3.weights");

        FluentActions.Invoking(() => other.LoadStateDict(file, strict: false))
            .Should().Throw<InvalidDataException>().WithMessage("*dense1.weight*");
        Values(other, "dense3.weights").Should().Equal(before);
    }

    private static Network<float> Make(int seed) =>
        Network.Create<float>(4, seed).Dense(5, new ReLU()).Dense(3).Dense(2).Build();

    private static MemoryStream Saved(Network<float> network, Dictionary<string, string>? modules)
    {
        var stream = new MemoryStream();
        network.SaveStateDict(stream, modules);
        stream.Position = 0;
        return stream;
    }

    private static float[] Values(Network<float> network, string name) => network.Parameter(name).Values.ToArray();
}
