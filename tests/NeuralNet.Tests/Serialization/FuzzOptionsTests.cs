namespace NeuralNet.Tests.Serialization;

public class FuzzOptionsTests
{
    [Theory]
    [InlineData("--Format csv", "Did you mean '--format'?")]
    [InlineData("--format CSV", "Did you mean 'csv'?")]
    [InlineData("--format csv --cases 0", "--cases must be a whole number from 1 to")]
    [InlineData("--format csv --first -1", "--first must be a whole number from 0 to")]
    [InlineData("--format csv --case 5", "Did you mean '--cases'?")]
    [InlineData("--cases 5", "--format")]
    public void A_wrong_option_is_one_line_with_the_nearest_that_exists(string arguments, string says)
    {
        using var error = new StringWriter();

        Fuzz.Program.Run(arguments.Split(' '), error).Should().Be(2);

        error.ToString().Trim().Should().Contain(says).And.NotContain("\n");
    }
}
