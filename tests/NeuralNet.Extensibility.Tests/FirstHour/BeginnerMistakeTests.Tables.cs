using NeuralNet.Forecasting;
using NeuralNet.Pipelines;
using NeuralNet.Tables;
using static NeuralNet.Extensibility.Tests.FirstHour.Mistake;

namespace NeuralNet.Extensibility.Tests.FirstHour;

/// <summary>Mistakes with tables and time series.</summary>
public sealed partial class BeginnerMistakeTests
{
    [Fact]
    public void Texts_where_numbers_are_meant()
    {
        Table table = Csv("size,price", Enumerable.Range(1, 40).Select(i => $"{i} m2,{i}000"));
        Says<InvalidDataException>(
            () => table.FitRegression("price"),
            "line 2, column 'size' is '1 m2'", "looks like a number with something around it, or like a date, as 40",
            "ColumnOptions.Map", "Ignore");
        Says<InvalidDataException>(
            () => Csv("a,b", ["1,2", "3,unknown", "4,5"]).FitRegression("a"),
            "'unknown', but must be a finite number",
            "TableOptions.MissingTexts = [.. TableOptions.DefaultMissingTexts, \"unknown\"]");
    }

    [Fact]
    public void A_semicolon_between_fields() => Says<InvalidDataException>(
        () => Csv("a;b", ["1,5;2", "2,5;3"]), "set CsvOptions.Delimiter = ';'");

    [Fact]
    public void Gaps_of_which_nothing_was_said() => Says<InvalidDataException>(
        () => Csv("a,b", ["1,2", "3,", "4,7"]).FitRegression("a"),
        "line 3, column 'b' is missing", "MissingValues.Median", "Table.DropMissing");

    [Fact]
    public void A_name_in_another_case() => Says<ArgumentException>(
        () => Csv("price,b", ["1,2", "3,4"]).FitRegression("Price"), "Did you mean 'price'?");

    [Fact]
    public void A_class_in_another_case() => Says<InvalidDataException>(
        () => Csv("a,paid", ["1,True", "2,False"]).FitBinaryClassification("paid", positive: "true"),
        "must hold 'true' and one other class", "Did you mean 'True'?");

    [Fact]
    public void An_identifier_among_the_inputs() => Says<InvalidDataException>(
        () => Csv("customer,size,price", Enumerable.Range(1, 200).Select(i => $"C-{i:D5}x,{i},{i}000"))
            .FitRegression("price"),
        "column 'customer' holds 200 different texts in 200 rows", "TableOptions.Ignore or Identifiers");

    [Fact]
    public void A_category_that_training_never_saw()
    {
        Table homes = Homes();
        Table rows = Csv("city,size", ["Oslo,100", "Rome,100"]);
        TableSchema schema = homes.FitRegression("price");
        schema.UnknownCategories(rows).Should().ContainSingle().Which.ToString().Should().Contain("Oslo");

        TableSchema strict = homes.FitRegression("price", new() { RefuseUnknownCategories = true });
        Says<InvalidDataException>(
            () => strict.ToPipeline(strict.BuildNetwork<float>(seed: 1)).Predict(rows), "'city'", "'Oslo'", "Rome");
    }

    [Fact]
    public void Columns_that_are_missing_when_predicting()
    {
        TableSchema schema = Homes().FitRegression("price");
        Pipeline<float> pipeline = schema.ToPipeline(schema.BuildNetwork<float>(seed: 1));
        Says<InvalidDataException>(
            () => pipeline.Predict(Csv("city,area", ["Rome,100"])),
            "has no column 'size'", "its columns are city, area");
        Says<InvalidDataException>(
            () => pipeline.Predict(Csv("city,size", ["Rome,large"])),
            "column 'size' is 'large'", "a finite number as in the training data");
    }

    [Fact]
    public void A_time_series_in_another_order()
    {
        string[] days = [.. Enumerable.Range(0, 40)
            .Select(i => $"{new DateOnly(2024, 1, 1).AddDays(i):yyyy-MM-dd},{i}")];
        Says<InvalidDataException>(
            () => Series(days.Reverse()), "dates must ascend", "SeriesOptions.Sort = true", "TimeSeriesSet.FromCsv");
        Says<InvalidDataException>(
            () => Series(days.Where(day => day != days[20])),
            "1 step is missing: 2024-01-21", "GapPolicy.CarryForward");
        Says<InvalidDataException>(() => Series(days.Append(days[^1])), "is the date of line 41 and of line 42");
    }

    private static Table Homes() => Csv(
        "city,size,price", Enumerable.Range(1, 60).Select(i => $"{(i % 2 == 0 ? "Rome" : "Bonn")},{i}0,{i}000"));

    private static Table Csv(string header, IEnumerable<string> rows) =>
        Table.Read(new StringReader(string.Join("\n", rows.Prepend(header))));

    private TimeSeries Series(IEnumerable<string> days)
    {
        string path = Path.Combine(_folder, "series.csv");
        File.WriteAllLines(path, days.Prepend("day,value"));
        return TimeSeries.FromCsv(path, time: "day", values: ["value"]);
    }
}
