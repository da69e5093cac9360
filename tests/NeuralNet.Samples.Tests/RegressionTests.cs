using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearRegression;
using MathNet.Numerics.Statistics;
using NeuralNet.Data;
using NeuralNet.Samples.Regression;
using NeuralNet.Tables;

namespace NeuralNet.Samples.Tests;

public sealed partial class RegressionTests : IDisposable
{
    private static readonly string _balls = Path.Combine(AppContext.BaseDirectory, FallingBalls.FileName);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_generator_writes_the_file_beside_the_sample_byte_for_byte()
    {
        string path = _folder["again.csv"];

        (int exitCode, _, string error) = Run("--generate", path);

        exitCode.Should().Be(0);
        error.Should().BeEmpty();
        File.ReadAllBytes(path).SequenceEqual(File.ReadAllBytes(_balls)).Should().BeTrue();
    }

    [Fact]
    public void Another_seed_gives_another_table_of_the_same_size()
    {
        Run("--generate", _folder["other.csv"], "--seed", "2").ExitCode.Should().Be(0);

        string[] other = File.ReadAllLines(_folder["other.csv"]);
        string[] balls = File.ReadAllLines(_balls);

        other.Should().HaveSameCount(balls).And.HaveCount(1 + FallingBalls.Rows);
        other[0].Should().Be(balls[0]).And.Be(FallingBalls.Header);
        other.Intersect(balls).Should().ContainSingle("nothing but the header is in both");
    }

    [Fact]
    public void The_times_of_the_table_differ_from_the_formula_by_the_error_of_the_stopwatch()
    {
        Table table = Table.Read(_balls);
        double[] errors =
        [
            .. Enumerable.Range(0, table.RowCount)
                .Select(row => table[FallingBalls.Target].Values[row] - Formula(table, row)),
        ];

        // Four standard errors of each, of as many rows.
        errors.Mean().Should().BeApproximately(0, 4 * FallingBalls.StopwatchError / Math.Sqrt(errors.Length));
        errors.StandardDeviation().Should().BeApproximately(
            FallingBalls.StopwatchError, 4 * FallingBalls.StopwatchError / Math.Sqrt(2 * errors.Length));
    }

    [Fact]
    public void A_heavy_ball_in_air_falls_freely()
    {
        double time = FallingBalls.FallTime(12, 8000, "air", 20, height: 1);

        time
            .Should().BeGreaterThan(Math.Sqrt(2 / 9.80665), "air is in the way")
            .And.BeApproximately(Math.Sqrt(2 / 9.80665), 0.002);
    }

    [Theory]
    [InlineData(1, 2000, "oil", 10)]
    [InlineData(2, 2500, "oil", 30)]
    [InlineData(2, 2000, "water", 20)]
    public void After_a_long_way_a_ball_has_the_speed_at_which_drag_and_weight_are_equal(
        double radius, double density, string fluid, double temperature)
    {
        // ½·ρ_f·C_D·π·r²·v² = (ρ − ρ_f)·V·g, solved for v by repetition.
        (double fluidDensity, double viscosity) = Fluid.At(fluid, temperature);
        double r = radius / 1000;
        double v = 0.1;
        for (int i = 0; i < 200; i++)
        {
            double re = 2 * r * v * fluidDensity / viscosity;
            double drag = (24 / re * (1 + (0.15 * Math.Pow(re, 0.687))))
                + (0.42 / (1 + (42_500 * Math.Pow(re, -1.16))));
            v = Math.Sqrt(8 * r * 9.80665 * (density - fluidDensity) / (3 * drag * fluidDensity));
        }

        double difference = FallingBalls.FallTime(radius, density, fluid, temperature, height: 4)
            - FallingBalls.FallTime(radius, density, fluid, temperature, height: 3);

        difference.Should().BeApproximately(1 / v, 1e-4 / v);
    }

    [Theory]
    [InlineData("air", 20, 1.204, 1.813e-5)]
    [InlineData("water", 20, 998.2, 1.002e-3)]
    [InlineData("water", 50, 988.0, 0.547e-3)]
    [InlineData("oil", 20, 911, 84e-3)]
    [InlineData("oil", 40, 898, 36.3e-3)]
    public void The_fluids_are_those_of_the_handbooks(string name, double celsius, double density, double viscosity)
    {
        Fluid fluid = Fluid.At(name, celsius);

        fluid.Density.Should().BeApproximately(density, 0.001 * density);
        fluid.Viscosity.Should().BeApproximately(viscosity, 0.01 * viscosity);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_hidden_layers_bring_the_error_from_that_of_a_straight_line_to_that_of_the_stopwatch(int seed)
    {
        (int exitCode, string page, string error) = Run("--seed", $"{seed}");

        exitCode.Should().Be(0);
        error.Should().BeEmpty();
        (double r2, double rmse, double mae) = Figures(page, "network");
        r2.Should().BeGreaterThan(0.99);
        rmse.Should().BeInRange(0.9 * FallingBalls.StopwatchError, 1.3 * FallingBalls.StopwatchError);
        mae.Should().BeLessThan(rmse);
        Figures(page, "linear model").R2.Should().BeInRange(0.5, 0.8);
        Figures(page, "mean predictor").R2.Should().BeApproximately(0, 0.03);
        page.Should().MatchRegex("loss has not improved for [0-9]+ epochs; its best was 0[.][0-9]+ in epoch [0-9]+");
    }

    [Fact]
    public void The_models_to_compare_with_are_as_good_as_such_models_can_be()
    {
        (Table training, Table rest) = Table.Read(_balls).Split(0.7, seed: 1);
        Table test = rest.Split(0.5, seed: 1).Second;
        var options = new SchemaOptions { Numbers = NumberEncoding.Standardize, Targets = TargetScaling.None };
        TableSchema schema = training.FitRegression(FallingBalls.Target, options);
        DataSet<double> known = schema.ToDataSet<double>(training);
        DataSet<double> asked = schema.ToDataSet<double>(test);

        // One input per fluid and a constant besides are one too many; the last fluid is left out.
        double[][] Rows(DataSet<double> data) =>
            [.. Enumerable.Range(0, data.Count).Select(row => data.Inputs.Column(row)[..^1].ToArray())];
        static double[] Times(DataSet<double> data) => data.Targets.Values.ToArray();
        double[] times = Times(asked);
        double[] coefficients = MultipleRegression.QR(Rows(known), Times(known), intercept: true);
        double[] fitted =
        [
            .. Rows(asked).Select(row => coefficients[0] + row.Zip(coefficients.Skip(1), (x, c) => x * c).Sum()),
        ];
        double mean = Times(known).Average();

        string page = Run("--seed", "1").Page;

        Figures(page, "mean predictor").Rmse.Should().BeApproximately(Rms(times.Select(time => time - mean)), 5e-5);
        Figures(page, "linear model").Rmse
            .Should().BeApproximately(Rms(times.Zip(fitted, (time, fit) => time - fit)), 0.002);
    }

    [Fact]
    public void New_balls_are_predicted_from_raw_values_to_what_the_formula_says()
    {
        Table balls = Table.Read(new StringReader(Walkthrough.NewBalls));

        Match[] predictions = [.. Prediction().Matches(Run().Page).Cast<Match>()];

        predictions.Should().HaveCount(3);
        for (int row = 0; row < 3; row++)
        {
            double formula = Math.Round(Formula(balls, row), 2);
            balls[FallingBalls.Target].Values[row].Should().Be(formula, "the text holds the formula's answer");
            Number(predictions[row].Groups["expected"].Value).Should().Be(formula);
            Number(predictions[row].Groups["predicted"].Value).Should().BeApproximately(formula, 0.08);
        }
    }

    [Fact]
    public void A_table_of_ones_own_is_learned()
    {
        (int exitCode, string page, string error) = Run("--data", WriteTable(), "--target", "price");

        exitCode.Should().Be(0);
        error.Should().BeEmpty();
        page.Should().Contain("price from size, place").And.Contain("140 rows to train on, 30 to validate, 30 to test");
        Figures(page, "linear model").R2.Should().BeGreaterThan(0.999, "the table is a sum of its columns");
        Figures(page, "network").R2.Should().BeGreaterThan(0.99);
        page.Should().NotContain("ball").And.NotContain("stopwatch");
        Prediction().Matches(page).Should().HaveCount(3);
    }

    [Fact]
    public void A_category_that_only_a_later_row_has_is_no_reason_to_stop()
    {
        string path = WriteTable(row => row == 150 ? "moon" : row % 2 == 0 ? "town" : "country");

        // Whatever part the row is in.
        for (int seed = 1; seed <= 6; seed++)
        {
            Run("--data", path, "--target", "price", "--epochs", "1", "--seed", $"{seed}").ExitCode.Should().Be(0);
        }
    }

    [Fact]
    public void The_most_epochs_can_be_set()
    {
        string page = Run("--epochs", "3").Page;

        page.Should().Contain("all epochs are done");
        Regex.Matches(page, "^ +[123] +[0-9.]+ +[0-9.]+\r?$", RegexOptions.Multiline).Should().HaveCount(3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_page_and_the_culture_makes_no_difference()
    {
        string expected = Run("--epochs", "2", "--seed", "5").Page;
        Run("--epochs", "2", "--seed", "6").Page.Should().NotBe(expected);
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "minus ";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Run("--epochs", "2", "--seed", "5").Page.Should().Be(expected);
            FallingBalls.Csv(1).Should().Be(File.ReadAllText(_balls));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_page_is_plain_text()
    {
        string page = Run().Page.ReplaceLineEndings("\n");

        page.Should().MatchRegex("^[ -~\n]+$");
        page.Split('\n').Should().OnlyContain(line => line.Length <= 110);
    }

    [Fact]
    public void The_plot_puts_every_point_where_it_belongs()
    {
        double[] predicted = [0, 0, 0, 0, 0, 0, 10, 10, 5];
        double[] residuals = [2, 2, 2, 2, 2, 0, -2, -2, 1];
        using var page = new StringWriter();

        ResidualPlot.Write(page, Vector<double>.Build.Dense(predicted), Vector<double>.Build.Dense(residuals));

        string[] lines = page.ToString().Split(Environment.NewLine);
        lines[0].Should().Be("         2 |@");
        lines[3].Should().Be(new string(' ', 11) + "|" + new string(' ', 32) + ".");
        lines[7].Should().Be("         0 |." + new string('-', 63));
        lines[14].Should().Be("        -2 |" + new string(' ', 63) + "o");
        lines[16].Should().Be(new string(' ', 12) + "0" + "10".PadLeft(63));
    }

    [Fact]
    public void A_plot_of_points_that_are_all_the_same_is_drawn()
    {
        using var page = new StringWriter();

        ResidualPlot.Write(page, Vector<double>.Build.Dense(5, 3), Vector<double>.Build.Dense(5));

        page.ToString().Should().Contain("@");
    }

    [Theory]
    [InlineData("--seed x", "--seed")]
    [InlineData("--epochs 0", "--epochs")]
    [InlineData("--epochs 1.5", "--epochs")]
    [InlineData("--data nowhere.csv", "--target")]
    [InlineData("--data nowhere.csv --target price", "nowhere.csv")]
    [InlineData("--data FOLDER --target price", "FOLDER")]
    [InlineData("--data TABLE --target prize", "'prize'")]
    [InlineData("--data TABLE --target place", "'place'")]
    [InlineData("--data WORD --target price", "line 151, column 'size' is 'huge'")]
    [InlineData("--data SHORT --target price", "at least 30 rows")]
    [InlineData("--data NARROW --target price", "two columns")]
    [InlineData("--data EMPTY --target price", "empty")]
    [InlineData("--target fluid", "'fluid'")]
    [InlineData("--generate FOLDER/nowhere/balls.csv", "nowhere")]
    [InlineData("--generate FOLDER", "FOLDER")]
    [InlineData("--layers 3", "--layers")]
    [InlineData("stray", "stray")]
    public void Bad_input_is_one_line_that_names_it_and_exit_code_2(string arguments, string named)
    {
        string table = WriteTable();
        string[] lines = File.ReadAllLines(table);
        File.WriteAllLines(_folder["short"], lines.Take(30));
        File.WriteAllLines(_folder["narrow"], lines.Select(line => line.Split(',')[2]));
        File.WriteAllText(_folder["empty"], "");
        lines[150] = "huge,town,1";
        File.WriteAllLines(_folder["word"], lines);
        string Filled(string text) => text.Replace("TABLE", table, StringComparison.Ordinal)
            .Replace("WORD", _folder["word"], StringComparison.Ordinal)
            .Replace("SHORT", _folder["short"], StringComparison.Ordinal)
            .Replace("NARROW", _folder["narrow"], StringComparison.Ordinal)
            .Replace("EMPTY", _folder["empty"], StringComparison.Ordinal)
            .Replace("FOLDER", _folder.Path, StringComparison.Ordinal);

        (int exitCode, string page, string error) = Run(Array.ConvertAll(arguments.Split(' '), Filled));

        exitCode.Should().Be(2);
        page.Should().BeEmpty();
        error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Should().ContainSingle().Which.Should().Contain(Filled(named));
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--target")]
    [InlineData("--generate")]
    public void An_empty_name_is_refused(string option)
    {
        (int exitCode, string page, string error) = Run(option, "", "--epochs", "1");

        exitCode.Should().Be(2);
        page.Should().BeEmpty();
        error.Should().Contain(option);
    }

    [Fact]
    public void Help_names_every_option()
    {
        (int exitCode, string page, string error) = Run("--help");

        exitCode.Should().Be(0);
        error.Should().BeEmpty();
        foreach (string option in (string[])["--data", "--target", "--seed", "--epochs", "--generate"])
        {
            page.Should().Contain(option);
        }
    }

    private static (int ExitCode, string Page, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = Program.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>200 rows of price = 3·size, and 50 more in town.</summary>
    private string WriteTable(Func<int, string>? place = null)
    {
        var csv = new StringBuilder("size,place,price\n");
        for (int row = 0; row < 200; row++)
        {
            double size = row * 7 % 100;
            string name = place?.Invoke(row) ?? (row % 3 == 0 ? "town" : "country");
            csv.Append(CultureInfo.InvariantCulture, $"{size},{name},{(3 * size) + (name == "town" ? 50 : 0)}\n");
        }

        File.WriteAllText(_folder["table"], csv.ToString());
        return _folder["table"];
    }

    private static double Formula(Table table, int row)
    {
        double Value(string column) => table[column].Values[row];
        TableColumn fluid = table["fluid"];
        return FallingBalls.FallTime(
            Value("radius_mm"),
            Value("density_kg_m3"),
            fluid.Categories!.Decode((int)fluid.Values[row]),
            Value("temperature_c"),
            Value("height_m"));
    }

    private static (double R2, double Rmse, double Mae) Figures(string page, string model)
    {
        Match line = Regex.Match(
            page, $"^{model} +(?<r2>\\S+) +(?<rmse>\\S+) +(?<mae>\\S+)\r?$", RegexOptions.Multiline);
        line.Success.Should().BeTrue();
        return (Number(line.Groups["r2"].Value), Number(line.Groups["rmse"].Value), Number(line.Groups["mae"].Value));
    }

    private static double Rms(IEnumerable<double> errors) => Math.Sqrt(errors.Average(error => error * error));

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"predicted (?<predicted>\S+), should be (?<expected>\S+)")]
    private static partial Regex Prediction();
}
