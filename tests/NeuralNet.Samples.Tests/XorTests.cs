using System.Reflection;

namespace NeuralNet.Samples.Tests;

[Collection("Console")]
public class XorTests
{
    [Fact]
    public void The_four_predictions_are_right()
    {
        MethodInfo main = Assembly.Load("Xor").EntryPoint!;
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            main.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(before);
        }

        output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "0 xor 0 = 0.00", "0 xor 1 = 1.00", "1 xor 0 = 1.00", "1 xor 1 = 0.00");
    }
}
