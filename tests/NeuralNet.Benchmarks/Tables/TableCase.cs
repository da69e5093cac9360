using NeuralNet.Tables;

namespace NeuralNet.Benchmarks.Tables;

/// <summary>A real table and what is to be predicted from it.</summary>
/// <param name="Name">Its name, as the script of the other side has it.</param>
/// <param name="File">The file in the folder of tables.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="Options">How it is read, which is all that its columns need.</param>
internal sealed record TableCase(string Name, string File, ColumnReference Target, CsvOptions Options)
{
    private static readonly string[] _adult =
    [
        "age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship",
        "race", "sex", "capital_gain", "capital_loss", "hours_per_week", "country", "income",
    ];

    /// <summary>The positive one of two classes; null for anything else.</summary>
    public string? Positive { get; init; }

    /// <summary>True if the target is a number.</summary>
    public bool IsRegression { get; init; }

    /// <summary>A file of test data of its own; null if rows are held out.</summary>
    public string? TestFile { get; init; }

    /// <summary>All tables.</summary>
    public static IReadOnlyList<TableCase> All { get; } =
    [
        new("adult", "adult-train.csv", "income", new()
        {
            Names = _adult,
            Missing = MissingValues.Category,
            PerColumn = { ["income"] = new() { Map = text => text.TrimEnd('.') } },
        })
        {
            Positive = ">50K",
            TestFile = "adult-test.csv",
        },
        new("titanic", "titanic.csv", "survived", new() { Missing = MissingValues.Category, Ignore = ["alive"] })
        {
            Positive = "1",
        },
        new("penguins", "penguins.csv", "species", new() { Missing = MissingValues.Median }),
        new("horse-colic", "horse-colic.csv", 22, new()
        {
            Header = false,
            Missing = MissingValues.Category,
            Categories = [0, 1, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 20, 22, 23, 24, 25, 26, 27],
            Identifiers = [2],
        }),
        new("german", "german.csv", 20, new() { Header = false }) { Positive = "2" },
        new("diamonds", "diamonds.csv", "price", new()
        {
            PerColumn =
            {
                ["cut"] = new() { Order = ["Fair", "Good", "Very Good", "Premium", "Ideal"] },
                ["color"] = new() { Order = ["J", "I", "H", "G", "F", "E", "D"] },
                ["clarity"] = new() { Order = ["I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF"] },
            },
        })
        {
            IsRegression = true,
        },
        new("automobiles", "auto_imports.csv", 25, new() { Header = false, Missing = MissingValues.Category })
        {
            IsRegression = true,
        },
        new("abalone", "abalone.csv", 8, new() { Header = false }) { IsRegression = true },
        new("taxis", "taxis.csv", "total", new()
        {
            Missing = MissingValues.Category,
            Ignore = ["fare", "tip", "tolls", "dropoff"],
        })
        {
            IsRegression = true,
        },
    ];
}
