using NeuralNet.Guards;

namespace NeuralNet.Tests.Guards;

public sealed class NearestNameTests
{
    private static readonly string[] _names =
        ["--batch", "--epochs", "adamW", "dense1", "dense2", "mean absolute error"];

    [Theory]
    [InlineData("--epoch", "--epochs")]
    [InlineData("--Epochs", "--epochs")]
    [InlineData("epochs", "--epochs")]
    [InlineData("--bacth", "--batch")]
    [InlineData("AdamW", "adamW")]
    [InlineData("adam", "adamW")]
    [InlineData("dnse2", "dense2")]
    [InlineData("dense", "dense1")]
    [InlineData("mean_absolute_error", "mean absolute error")]
    [InlineData("sgd", null)]
    [InlineData("recall", null)]
    [InlineData("", null)]
    [InlineData("--", null)]
    [InlineData("x", null)]
    [InlineData("dense3", null)]
    [InlineData("Dense2", "dense2")]
    public void The_name_that_was_meant_is_found(string name, string? nearest)
    {
        NearestName.To(name, _names).Should().Be(nearest);
        NearestName.Question(name, _names).Should().Be(nearest is null ? "" : $" Did you mean '{nearest}'?");
    }

    [Fact]
    public void Names_of_a_file_are_shown_without_what_a_terminal_acts_on_and_long_ones_take_no_time()
    {
        NearestName.Question("red", ["re\u001b[31md"]).Should().BeEmpty();
        NearestName.Question("r31md", ["r\u001b[31md"]).Should().Be(" Did you mean 'r�[31md'?");
        string @long = new('a', 1_000_000);
        NearestName.To(@long, [@long + "b"]).Should().BeNull();
        NearestName.To("aaaaaaaa", [@long]).Should().BeNull();
        NearestName.To("a", []).Should().BeNull();
    }
}
