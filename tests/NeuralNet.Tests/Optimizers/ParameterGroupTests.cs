using NeuralNet.Optimizers;

namespace NeuralNet.Tests.Optimizers;

public sealed class ParameterGroupTests
{
    [Theory]
    [InlineData("dense1", "dense1.weights", true)]
    [InlineData("dense1", "dense10.weights", false)]
    [InlineData("dense1", "residual1.dense1.weights", false)]
    [InlineData("residual1", "residual1.dense1.weights", true)]
    [InlineData("residual1.dense1", "residual1.dense1.weights", true)]
    [InlineData("dense1.weights", "dense1.weights", true)]
    [InlineData("dense1.weights", "dense1.biases", false)]
    [InlineData("weights", "dense1.weights", false)]
    [InlineData("*.weights", "dense1.weights", true)]
    [InlineData("*.weights", "dense1.biases", false)]
    [InlineData("*.dense1", "residual1.dense1.weights", true)]
    [InlineData("dense?", "dense1.weights", true)]
    [InlineData("dense?", "dense10.weights", false)]
    [InlineData("dense*", "dense10.weights", true)]
    [InlineData("*", "dense1.weights", true)]
    [InlineData("Dense1", "dense1.weights", false)]
    public void A_name_is_that_of_a_parameter_or_of_a_layer_around_it(string name, string parameter, bool isNamed) =>
        ParameterGroup.IsNameOf(name, parameter).Should().Be(isNamed);

    [Fact]
    public void A_group_says_what_it_does()
    {
        new ParameterGroup("body", "*.biases") { LearningRateFactor = 0.1, WeightDecay = 0 }.ToString()
            .Should().Be("body, *.biases: learning rate × 0.1, weight decay 0");
        new ParameterGroup("*") { OnlyVectors = true, L2Penalty = 0.25 }.ToString()
            .Should().Be("* (only vectors): L2 penalty 0.25");
        new ParameterGroup("head").ToString().Should().Be("head: as the optimizer");
    }

    [Fact]
    public void Names_and_settings_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new ParameterGroup()).Should().Throw<ArgumentException>()
            .WithParameterName("names").WithMessage("*\"dense1.weights\"*");
        FluentActions.Invoking(() => new ParameterGroup("dense1", " ")).Should().Throw<ArgumentException>()
            .WithParameterName("names");
        FluentActions.Invoking(() => new ParameterGroup(null!)).Should().Throw<ArgumentNullException>();
        foreach (double value in new[] { -1e-9, double.NaN, double.PositiveInfinity })
        {
            FluentActions.Invoking(() => new ParameterGroup("a") { LearningRateFactor = value })
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("LearningRateFactor");
            FluentActions.Invoking(() => new ParameterGroup("a") { WeightDecay = value })
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("WeightDecay");
            FluentActions.Invoking(() => new ParameterGroup("a") { L2Penalty = value })
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("L2Penalty");
        }
    }

    [Fact]
    public void It_keeps_names_of_its_own()
    {
        string[] names = ["dense1"];
        var group = new ParameterGroup(names);
        names[0] = "other";
        group.Names.Should().Equal("dense1");
    }
}
