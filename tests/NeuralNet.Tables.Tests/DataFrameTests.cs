using Microsoft.Data.Analysis;
using NeuralNet.Tables.DataFrames;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

public sealed class DataFrameTests
{
    private static DataFrame Frame => new(
        new StringDataFrameColumn("zone", ["Harlem", null, "Soho"]),
        new DoubleDataFrameColumn("fare", [2.5, null, 0.1]),
        new Int32DataFrameColumn("riders", [1, 2, 3]),
        new BooleanDataFrameColumn("tip", [true, false, null]),
        new PrimitiveDataFrameColumn<DateTime>(
            "at", [new DateTime(2024, 3, 1), new DateTime(2024, 3, 2, 8, 30, 0), null]));

    [Fact]
    public void A_data_frame_is_the_table_that_its_file_is()
    {
        Table table = DataFrameTable.From(Frame, TestTable.TripOptions);
        TestTable.ShouldBeTrips(table);
    }

    [Fact]
    public void Options_and_the_name_hold_for_it()
    {
        DataFrameTable.From(Frame, new() { Columns = ["riders", "zone"] }).Columns.Select(column => column.Name)
            .Should().Equal("riders", "zone");
        Refusal(() => DataFrameTable.From(Frame, name: "trips").FitRegression("riders")).Should()
            .StartWith("'trips', row 2, column 'zone' is missing.");
        Refusal(() => DataFrameTable.From(new(new DoubleDataFrameColumn("x", Array.Empty<double>())))).Should()
            .Be("'data frame' has no rows.");
    }
}
