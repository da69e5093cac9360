using System.Globalization;
using System.Reflection;

namespace NeuralNet.Samples.Tests;

[Collection("Console")]
public sealed class ForecastTests
{
    [Fact]
    public void A_file_with_dates_and_numbers_is_forecast_and_drawn()
    {
        // Ten years of months that grow, with a summer in each.
        using var folder = new TemporaryFolder();
        IEnumerable<string> months = Enumerable.Range(0, 120).Select(month => string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateTime(2010, 1, 1).AddMonths(month):yyyy-MM},"
            + $"{100 + month - (30 * Math.Cos(month / 6.0 * Math.PI)):F2}"));
        File.WriteAllLines(folder["sales.csv"], months.Prepend("month,sales"));

        (int exitCode, string[] lines) = Run(folder["sales.csv"]);
        exitCode.Should().Be(0);
        lines[0].Should().Be("sales: 120 steps, monthly, 2010-01-01 to 2019-12-01");
        Error(lines, "network").Should().BeLessThan(Error(lines, "seasonal naive"))
            .And.BeLessThan(Error(lines, "naive"));
        lines.Should().Contain(line => line.StartsWith("2020-12-01", StringComparison.Ordinal));
        lines[^15..].Should().OnlyContain(line => line.Contains('│', StringComparison.Ordinal));
        lines[^15..].Count(line => line.Contains('o', StringComparison.Ordinal)).Should().BeGreaterThan(3);

        (exitCode, string[] again) = Run(folder["sales.csv"]);
        again.Should().Equal(lines);
    }

    [Fact]
    public void Without_a_file_the_sample_says_what_it_needs() => Run().ExitCode.Should().Be(2);

    private static double Error(string[] lines, string name) => double.Parse(
        lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[20..31], CultureInfo.InvariantCulture);

    private static (int ExitCode, string[] Lines) Run(params string[] arguments)
    {
        MethodInfo main = Assembly.Load("Forecast").EntryPoint!;
        TextWriter before = Console.Out;
        TextWriter errorBefore = Console.Error;
        using var output = new StringWriter();
        Console.SetOut(output);
        Console.SetError(TextWriter.Null);
        try
        {
            int exitCode = (int)main.Invoke(null, [arguments])!;
            return (exitCode, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(errorBefore);
        }
    }
}
