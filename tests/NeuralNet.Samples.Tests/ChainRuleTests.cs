using System.Globalization;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Samples.ChainRule;
using Spectre.Console;

namespace NeuralNet.Samples.Tests;

public sealed partial class ChainRuleTests
{
    public static TheoryData<string> Arguments { get; } = new(
        "", "--weight 2,1", "--seed 3", "--seed -7 --weight 1,2 --learning-rate 0.05");

    [Fact]
    public void The_published_numbers_appear()
    {
        string page = Run().Page;

        // The digits of M. Mazur's "A Step by Step Backpropagation Example", rounded to six.
        foreach (string number in (string[])
            [
                "0.3775", "0.59327", "1.10591", "0.751365", "0.298371", "0.741365", "0.186816", "0.082167",
                "0.000438568", "0.358916", "0.149781",
            ])
        {
            page.Should().Contain("= " + number + Environment.NewLine);
        }
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void The_factors_shown_give_the_product_shown_and_that_is_the_finite_difference(string arguments)
    {
        string page = Run(Split(arguments)).Page;
        MatchCollection chains = Chain().Matches(page);
        chains.Should().HaveCount(2, "one weight is followed in each layer");
        foreach (Match chain in chains)
        {
            double[] factors = [.. chain.Groups["factor"].Captures.Select(capture => Number(capture.Value))];
            double product = Number(chain.Groups["product"].Value);
            factors.Should().HaveCount(3);
            Near(factors[0] * factors[1] * factors[2], product, 2e-5);
            chain.Groups["difference"].Value.Should().Be(chain.Groups["product"].Value, "to all six digits");
        }
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void The_table_holds_the_gradients_that_moving_a_parameter_gives(string arguments)
    {
        string[] options = Split(arguments);
        int? seed = options.Contains("--seed")
            ? int.Parse(options[Array.IndexOf(options, "--seed") + 1], CultureInfo.InvariantCulture)
            : null;
        Example example = Example.Create(seed);
        string page = Run(options).Page;
        Match[] rows = [.. Row().Matches(page).Cast<Match>()];
        rows.Should().HaveCount(12);
        page.Should().Contain("All 12 gradients agree with their finite differences");

        var engine = new BackpropagationEngine<double>(example.Network, new MeanSquaredError());
        Matrix<double> a = example.Input.ToColumnMatrix();
        Matrix<double> t = example.Target.ToColumnMatrix();
        foreach (Match row in rows)
        {
            (int layer, int neuron) = (Digit(row.Groups["layer"].Value), Digit(row.Groups["neuron"].Value));
            Parameter<double> parameter =
                example.Network.Layers[layer - 1].Parameters[row.Groups["symbol"].Value == "w" ? 0 : 1];
            int input = row.Groups["input"].Success ? Digit(row.Groups["input"].Value) : 1;
            int element = neuron - 1 + (Example.Width * (input - 1));
            double before = parameter.Values[element];
            parameter.Values[element] = before + 1e-5;
            double above = engine.ComputeLoss(a, t);
            parameter.Values[element] = before - 1e-5;
            double below = engine.ComputeLoss(a, t);
            parameter.Values[element] = before;

            Near(Number(row.Groups["gradient"].Value), (above - below) / 2e-5, 1e-5);
            row.Groups["difference"].Value.Should().Be(row.Groups["gradient"].Value);
        }
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void A_step_lowers_the_loss_by_about_what_the_gradients_promise(string arguments)
    {
        string page = Run(Split(arguments)).Page;
        Match losses = Losses().Match(page);
        Match promised = Promised().Match(page);
        double change = Number(losses.Groups[2].Value) - Number(losses.Groups[1].Value);
        change.Should().BeNegative();
        Near(Number(promised.Groups[1].Value), change, 0.2);
    }

    [Fact]
    public void The_same_seed_gives_the_same_page()
    {
        Run("--seed", "5").Page.Should().Be(Run("--seed", "5").Page).And.NotBe(Run("--seed", "6").Page);
        Run("--seed", "5").Page.Should().Contain("seed 5").And.NotContain("Mazur");
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        string expected = Run().Page;
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "minus ";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Run().Page.Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("--seed x", "--seed")]
    [InlineData("--seed 1.5", "--seed")]
    [InlineData("--weight 1", "--weight")]
    [InlineData("--weight 0,1", "--weight")]
    [InlineData("--weight 1,3", "--weight")]
    [InlineData("--weight 1,1,1", "--weight")]
    [InlineData("--learning-rate 0", "--learning-rate")]
    [InlineData("--learning-rate NaN", "--learning-rate")]
    [InlineData("--learning-rate 1e300", "--learning-rate")]
    [InlineData("--layers 3", "--layers")]
    [InlineData("stray", "stray")]
    public void A_bad_option_is_one_line_that_names_it(string arguments, string named)
    {
        (int exitCode, string page, string output, string error) = Run(Split(arguments));
        exitCode.Should().Be(2);
        (page + output).Should().BeEmpty();
        error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Should().ContainSingle().Which.Should().Contain(named);
    }

    [Fact]
    public void Help_names_every_option()
    {
        (int exitCode, string page, string output, string error) = Run("--help");
        exitCode.Should().Be(0);
        (page + error).Should().BeEmpty();
        output
            .Should().Contain("--seed").And.Contain("--weight").And.Contain("[default: 1,1]")
            .And.Contain("--learning-rate");
    }

    [Theory]
    [InlineData(AnsiSupport.Yes)]
    [InlineData(AnsiSupport.No)]
    public void A_terminal_shows_the_same_equations(AnsiSupport ansi)
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            ColorSystem = ansi == AnsiSupport.Yes ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 200;
        Program.Run([], new ConsolePage(console), TextWriter.Null, TextWriter.Null).Should().Be(0);

        string shown = Escape().Replace(output.ToString(), "");
        output.ToString().Contains('\x1b', StringComparison.Ordinal).Should().Be(ansi == AnsiSupport.Yes);
        shown.Should().Contain("∂L/∂w⁽²⁾₁₁ = ∂z⁽²⁾₁/∂w⁽²⁾₁₁ · ∂a⁽²⁾₁/∂z⁽²⁾₁ · ∂L/∂a⁽²⁾₁");
        string plain = Run().Page;
        foreach (string line
            in plain.Split(Environment.NewLine).Where(line => line.Contains(" = ", StringComparison.Ordinal)))
        {
            shown.Should().Contain(line.TrimEnd());
        }
    }

    private static (int ExitCode, string Page, string Output, string Error) Run(params string[] arguments)
    {
        using var page = new StringWriter();
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = Program.Run(arguments, new PlainPage(page), output, error);
        return (exitCode, page.ToString(), output.ToString(), error.ToString());
    }

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string text) =>
        double.Parse(text.Trim('(', ')').Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int Digit(string text) => "₀₁₂₃₄₅₆₇₈₉".Contains(text[0], StringComparison.Ordinal)
        ? "₀₁₂₃₄₅₆₇₈₉".IndexOf(text[0], StringComparison.Ordinal)
        : "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(text[0], StringComparison.Ordinal);

    private static void Near(double actual, double expected, double relative) =>
        actual.Should().BeApproximately(expected, relative * Math.Abs(expected));

    // The formula, the formula with shorter names, the three factors, their product; some way below, the finite
    // difference.
    [GeneratedRegex(
        @"∂L/∂w\S+ = ∂z.*\n.*\n +=( (?<factor>\S+)( ·)?){3}\r?\n += (?<product>\S+)[^/]*/ 2h = (?<difference>\S+)")]
    private static partial Regex Chain();

    [GeneratedRegex(
        @"^ +(?<symbol>[wb])⁽(?<layer>.)⁾(?<neuron>.)(?<input>[₁₂])? +(?<gradient>\S+) +(?<difference>\S+)\r?$",
        RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"The loss was (\S+) and is (\S+) after one step")]
    private static partial Regex Losses();

    [GeneratedRegex(@"−η·‖∇L‖² = .*\r?\n +=  ?(\S+)")]
    private static partial Regex Promised();

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex Escape();
}
