using System.Globalization;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>A number that was one is never read as another, whatever separators texts have.</summary>
public sealed class SourceNumberTests
{
    private static readonly TableOptions _german = new() { DecimalSeparator = ',', ThousandsSeparator = '.' };

    [Fact]
    public void Typed_numbers_are_plain_whatever_the_options_say_of_texts()
    {
        double[] numbers = [1.5, 1.234, 1234, -0.001, 1e20, 1e-20, 12.345, double.MaxValue, double.Epsilon];
        foreach (TableOptions options in new[]
        {
            _german, new() { DecimalSeparator = ',' }, new() { ThousandsSeparator = ',' },
            new() { AllowPercent = true, AllowCurrency = true, AllowAccounting = true },
        })
        {
            Table.FromRows(numbers.Select(number => new { x = number, t = "1" }), options)["x"].Values.ToArray()
                .Should().Equal(numbers);
            Table.FromRows(numbers.Select(number => new { x = (object)number }), options)["x"].Values.ToArray()
                .Should().Equal(numbers);
            Table.FromRows(numbers[..4].Select(number => new { x = (decimal)number }), options)["x"].Values.ToArray()
                .Should().Equal(numbers[..4]);
        }
    }

    [Fact]
    public void Texts_of_objects_are_read_as_the_options_say()
    {
        Table.FromRows([new { x = "1.234,5" }, new { x = "7" }], _german)["x"].Values.ToArray()
            .Should().Equal(1234.5, 7);
        Table.FromRows([new { x = "12 %" }], new() { AllowPercent = true })["x"].Values.ToArray().Should().Equal(0.12);
        Table.FromRows([new { x = "1,5" }])["x"].Kind.Should().Be(ColumnKind.Undecided);
    }

    [Fact]
    public void Texts_beside_numbers_change_none_of_them()
    {
        Column("1,5", 2.5, 1234).Values.ToArray().Should().Equal(1.5, 2.5, 1234);
        Column("5.000,25", 0.125).Values.ToArray().Should().Equal(5000.25, 0.125);

        // What may be either is refused, though one of them was a number.
        TableColumn either = Column("1,5", 1.234);
        either.Kind.Should().Be(ColumnKind.Undecided);
        Refusal(() => _ = either.Values).Should().StartWith("'rows', row 2, column 'x' is '1.234'");
        Refusal(() => _ = Column("1.234", 2.5).Values).Should().Contain("'1.234'");

        static TableColumn Column(params object[] values) => Table.FromRows(
            values.Select(value => new Dictionary<string, object?> { ["x"] = value }), _german)["x"];
    }

    [Fact]
    public void A_model_of_texts_predicts_typed_numbers_and_the_other_way_round()
    {
        Table texts = Read("x;y\n1.234,5;1\n-2,5;2\n7;3\n", new()
        {
            Delimiter = ';',
            DecimalSeparator = ',',
            ThousandsSeparator = '.',
        });
        var typed = new[] { new { x = 1234.5, y = 1 }, new { x = -2.5, y = 2 }, new { x = 7.0, y = 3 } };
        Pipeline<double> ofTexts = Model(texts);
        Pipeline<double> ofNumbers = Model(Table.FromRows(typed, _german));
        double[] expected = [.. ofTexts.Predict(texts).Row(0)];
        foreach (Pipeline<double> pipeline in new[] { ofTexts, ofNumbers })
        {
            pipeline.Predict(Table.FromRows(typed)).Row(0).Should().Equal(expected);
            pipeline.Predict(Table.FromRows(typed, _german)).Row(0).Should().Equal(expected);
            pipeline.Predict(texts).Row(0).Should().Equal(expected);
        }

        // Read by default, the texts are in the format of the model's texts; numbers had none.
        ofTexts.Predict(Read("x\n\"1.234,5\"\n\"-2,5\"\n7\n")).Row(0).Should().Equal(expected);
        ofNumbers.Predict(Read("x\n1234.5\n-2.5\n7\n")).Row(0).Should().Equal(expected);
    }

    [Fact]
    public void A_value_among_texts_of_new_rows_is_not_misread_by_the_format_of_training()
    {
        Table texts = Table.FromRows([new { x = "1.500,5", y = 1 }, new { x = "2", y = 2 }], _german);
        TableSchema schema = texts.FitRegression("y", new() { Numbers = NumberEncoding.None });
        schema.ToInputs<double>(Rows(2.25, "3.000,5")).Row(0).Should().Equal(2.25, 3000.5);
        Refusal(() => schema.ToInputs<double>(Rows("3,5", 1.234))).Should().Contain("row 2, column 'x' is '1.234'");

        static Table Rows(params object[] values) =>
            Table.FromRows(values.Select(value => new Dictionary<string, object?> { ["x"] = value }));
    }

    [Fact]
    public void Random_numbers_survive_every_source()
    {
        var random = new Random(4);
        for (int run = 0; run < 200; run++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64());
            number = double.IsFinite(number) ? number : run;
            Table.FromRows([new { x = number }], _german)["x"].Values[0].Should().Be(number);
            string text = number.ToString("R", CultureInfo.InvariantCulture);
            Read($"x\n{text}\n", new() { Numbers = ["x"] })["x"].Values[0].Should().Be(number);
            var builder = new TableBuilder(["x"]);
            builder.Add(text);
            builder.ToTable()["x"].Values[0].Should().Be(number);
        }
    }

    [Fact]
    public void Dates_of_objects_are_plain_whatever_format_texts_have()
    {
        var options = new TableOptions { PerColumn = { ["d"] = new() { DateFormat = "d.M.yyyy" } } };
        var day = new DateTime(2024, 3, 4);
        Table.FromRows([new { d = day }], options)["d"].Date(0).Should().Be(day);
        Table.FromRows([new { d = "4.3.2024" }], options)["d"].Date(0).Should().Be(day);
        TableSchema schema = Table.FromRows([new { d = "4.3.2024", y = 1 }, new { d = "5.4.2024", y = 2 }], options)
            .FitRegression("y");
        schema.ToInputs<double>(Table.FromRows([new { d = day }]))
            .Should().BeEquivalentTo(schema.ToInputs<double>(Read("d\n4.3.2024\n")));
    }

    private static Pipeline<double> Model(Table table)
    {
        TableSchema schema = table.FitRegression("y");
        return SavedPipeline.Loaded(
            schema.ToPipeline(Network.Create<double>(schema.InputSize, seed: 1).Dense(1).Build()));
    }
}
