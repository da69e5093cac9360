using System.Reflection;

namespace NeuralNet.Samples.Tests;

// They take the console of the process.
[Collection("Console")]
public sealed class TextGeneratorTests
{
    private const string Rhyme = "the rain in spain stays mainly in the plain, and rain again it is. ";

    [Fact]
    public void It_learns_a_file_and_writes_characters_of_it_the_same_ones_each_time()
    {
        using var folder = new TemporaryFolder();
        string file = folder["rhyme.txt"];
        File.WriteAllText(file, string.Concat(Enumerable.Repeat(Rhyme, 20)));
        (int code, string[] lines) = Run(file, "2", "0.5");
        code.Should().Be(0);
        lines[0].Should().Be("1,340 characters, 17 different; 434 windows");
        lines.Should().HaveCount(5);
        lines[1].Should().StartWith("epoch 1, loss ").And.EndWith(": " + Rhyme[..40]);
        lines[3].Should().StartWith("epoch 2, loss ");
        lines[4].Should().HaveLength(300);
        lines[4].Distinct().Should().BeSubsetOf(Rhyme);
        Run(file, "2", "0.5").Lines.Should().Equal(lines);
        Run(file, "2", "5").Lines[4].Should().NotBe(lines[4], "the temperature is another");
    }

    [Theory]
    [InlineData]
    [InlineData("a.txt", "many")]
    [InlineData("a.txt", "1", "hot")]
    [InlineData("a.txt", "1", "1", "more")]
    public void Other_arguments_are_told_how_it_is_called(params string[] arguments)
    {
        (int code, string[] lines) = Run(arguments);
        code.Should().Be(2);
        lines.Should().Equal("TextGenerator FILE [EPOCHS] [TEMPERATURE]");
    }

    private static (int Code, string[] Lines) Run(params string[] arguments)
    {
        (TextWriter before, TextWriter errorsBefore) = (Console.Out, Console.Error);
        using var output = new StringWriter();
        Console.SetOut(output);
        Console.SetError(output);
        try
        {
            int code = (int)Assembly.Load("TextGenerator").EntryPoint!.Invoke(null, [arguments])!;
            return (code, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(errorsBefore);
        }
    }
}
