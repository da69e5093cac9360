using NeuralNet.Networks;
using NeuralNet.Pipelines;

namespace NeuralNet.Tables.Tests;

/// <summary>Random tables of odd values are used or refused, with a message, and nothing else happens.</summary>
public sealed class TableHostilityTests
{
    private static readonly object?[] _values =
    [
        null, "", " ", "NA", "?", "NaT", "-", "x", "y", "yes", "no", "TRUE", "t", "0", "1", "-1", "1,5", "1.234", "007",
        "5 kg", "12 %", "$5", "(5)", "1e999", "Infinity", "9007199254740993", "2024-01-01", "2024-02-30", "01.02.2024",
        "31/12/2024", "9999-12-31", "2024-01-01T00:00:00Z", "20:15", "Mar 5", "a\nb", "\"", "é", "\ud800", "\0",
        true, false, 0, 1, -5L, 1.5, double.PositiveInfinity, double.NaN, 1e300, float.Epsilon, 2.50m,
        new DateTime(2024, 1, 1), DateTime.MinValue, DateTime.MaxValue, TimeSpan.FromDays(1),
    ];

    private static readonly MissingValues[] _policies =
    [
        MissingValues.Refuse, MissingValues.Mean, MissingValues.Median.WithIndicator(), MissingValues.Constant(7),
        MissingValues.Category,
    ];

    [Fact]
    public void Whatever_columns_hold_a_model_predicts_or_a_message_tells_why_not()
    {
        var random = new Random(7);
        int predicted = 0;
        const int Runs = 3000;
        for (int run = 0; run < Runs; run++)
        {
            TableOptions options = Options(random);
            try
            {
                Table table = Rows(random, options, run);
                _ = table.Summary().ToString();
                TableSchema schema = Schema(random, table);
                _ = schema.ToString();
                schema.UnknownCategories(table);
                schema.ToTrainingSet<float>(table, run);
                Network<float> network = schema.BuildNetwork<float>(seed: 1, hidden: []);
                Pipeline<float> pipeline = schema.ToPipeline(network);
                Pipeline<float> loaded = SavedPipeline.Loaded(pipeline);
                loaded.Predict(table).Should().BeEquivalentTo(pipeline.Predict(table));
                loaded.Schema().ToInputs<double>(table).Should().BeEquivalentTo(schema.ToInputs<double>(table));
                (Table first, Table second) = table.StratifiedSplit("a", 0.5, run);
                (first.RowCount + second.RowCount).Should().Be(table.RowCount);
                predicted++;
                loaded.Predict(Rows(random, Options(random), run));
            }
            catch (InvalidDataException exception)
            {
                exception.Message.Should().NotBeEmpty();
                exception.Message.Length.Should().BeLessThan(1000);
            }
            catch (ArgumentException exception)
                when (exception.Message.Contains("is declared to be", StringComparison.Ordinal))
            {
                // Two declarations of a column contradict each other.
            }
        }

        predicted.Should().BeGreaterThan(Runs / 20);
    }

    private static TableSchema Schema(Random random, Table table) => random.Next(3) switch
    {
        0 => table.FitClassification("y", Encoding(random)),
        1 => table.FitRegression("n", Encoding(random)),
        _ => table.FitBinaryClassification("c", "u", Encoding(random)),
    };

    private static SchemaOptions Encoding(Random random) => new()
    {
        Inputs = random.Next(2) == 0 ? ["a", "b"] : ["a"],
        MaxOneHot = random.Next(4),
        Numbers = (NumberEncoding)random.Next(4),
        RefuseUnknownCategories = random.Next(4) == 0,
    };

    // Each column of a few values, so that some columns are all of one kind.
    private static Table Rows(Random random, TableOptions options, int run)
    {
        object?[] ofA = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => _values[random.Next(_values.Length)])];
        object?[] ofB = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => _values[random.Next(_values.Length)])];
        var builder = new TableBuilder(["a", "b", "c", "n", "y"], options, $"run {run}");
        for (int i = 0; i < 12; i++)
        {
            builder.Add(
                ofA[random.Next(ofA.Length)],
                ofB[random.Next(ofB.Length)],
                i % 2 == 0 ? "u" : "v",
                i,
                $"class {i % 3}");
        }

        return builder.ToTable();
    }

    private static TableOptions Options(Random random)
    {
        ColumnReference[] Sometimes(string column) => random.Next(12) == 0 ? [column] : [];
        return new()
        {
            Missing = _policies[random.Next(_policies.Length)],
            DecimalSeparator = random.Next(3) == 0 ? ',' : null,
            AllowPercent = random.Next(2) == 0,
            AllowCurrency = random.Next(2) == 0,
            Numbers = Sometimes("a"),
            Categories = Sometimes("a"),
            Booleans = Sometimes("b"),
            Dates = Sometimes("b"),
            Identifiers = Sometimes("b"),
        };
    }
}
