using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tables.Tests;

public sealed class TableSchemaTests
{
    private const string Houses = "rooms,town,area,price\n2,York,50,100\n4,Bath,70,300\n6,York,90,200\n";

    [Fact]
    public void Numbers_beyond_the_training_data_count_as_their_ends()
    {
        TableSchema schema = Read("a,b,y\n1,5,1\n2,5,2\n4,5,3\n").FitRegression("y", new() { Bins = 2 });
        schema.ToInputs<float>(Read("a,b\n-1e30,5\n1e300,6\n")).ToColumnMajorArray().Should().Equal(0, 0, 0, 1, 1, 0);
    }

    [Fact]
    public void A_single_class_is_nothing_to_tell_apart() =>
        FluentActions.Invoking(() => Read("x,y\n1,a\n2,a\n").FitClassification("y"))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text': all rows of column 'y' are of the class 'a', so there is nothing to tell apart.");

    [Fact]
    public void A_regression_in_three_lines()
    {
        Table table = Read(Houses);
        TableSchema schema = table.FitRegression(target: "price", TestTable.Standardized);
        DataSet<double> data = schema.ToDataSet<double>(table);

        double third = 2 / Math.Sqrt(8 / 3.0);
        double spread = 100 / Math.Sqrt(20_000 / 3.0);
        data.Inputs.Column(0).ToArray().Should().Equal(new double[] { -third, -third, 0, 1 }, Close);
        data.Inputs.Column(1).ToArray().Should().Equal(new double[] { 0, 0, 1, 0 }, Close);
        data.Inputs.Column(2).ToArray().Should().Equal(new double[] { third, third, 0, 1 }, Close);
        data.Targets.Values.ToArray().Should().Equal(new[] { -spread, spread, 0 }, Close);
        schema.InputSize.Should().Be(4);
        schema.TargetSize.Should().Be(1);
    }

    [Fact]
    public void Targets_are_scaled_and_predictions_turned_back()
    {
        Table table = Read(Houses);
        TableSchema schema = table.FitRegression(
            "price",
            new() { Inputs = ["rooms", "area"], Numbers = NumberEncoding.None, Targets = TargetScaling.MinMax });
        DataSet<float> data = schema.ToDataSet<float>(table);
        data.Inputs.Values.ToArray().Should().Equal(2, 50, 4, 70, 6, 90);
        data.Targets.Values.ToArray().Should().Equal(0, 1, 0.5f);
        schema.Targets!.Invert(Matrix<float>.Build.Dense(1, 2, [0.25f, 2])).ToColumnMajorArray()
            .Should().Equal(150, 500);
    }

    [Fact]
    public void New_rows_are_treated_as_the_training_data_were()
    {
        Table training = Read(Houses);
        TableSchema schema = training.FitRegression("price", TestTable.Standardized);

        // Other columns, another order, no price; one row alone has no spread of its own.
        Matrix<double> inputs = schema.ToInputs<double>(Read("town,note,area,rooms\nYork,new,70,8\n"));
        inputs.ToColumnMajorArray().Should().Equal(new double[] { 4 / Math.Sqrt(8 / 3.0), 0, 0, 1 }, Close);
        FluentActions.Invoking(() => schema.ToDataSet<double>(Read("town,area,rooms\nYork,70,8\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text' has no column 'price'; its columns are town, area, rooms.");
        FluentActions.Invoking(() => schema.ToInputs<double>(Read("town,area\nYork,70\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*no column 'rooms'*");
        FluentActions.Invoking(() => schema.ToInputs<double>(Read("town,area,rooms\nYork,large,8\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 2, column 'area' is 'large', but must be a finite number as in the training data.*");
    }

    [Fact]
    public void An_unknown_category_becomes_zeros_or_is_refused_by_name()
    {
        Table training = Read(Houses);
        Table rows = Read("town,area,rooms\nYork,70,8\nLeeds,70,4\n");
        FluentActions.Invoking(
            () => training.FitRegression("price", new() { RefuseUnknownCategories = true }).ToInputs<double>(rows))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 3, column 'town' is 'Leeds', which was not there in the training data; known are Bath, "
                + "York.");
        training.FitRegression("price", TestTable.Standardized).ToInputs<double>(rows).Column(1)
            .Should().Equal(0, 0, 0, 0);
    }

    [Fact]
    public void A_classification_in_three_lines()
    {
        Table table = Read("length,species\n1,versicolor\n2,setosa\n3,versicolor\n");
        TableSchema schema = table.FitClassification(label: "species", new() { Numbers = NumberEncoding.None });
        DataSet<float> data = schema.ToDataSet<float>(table);

        data.Targets.Values.ToArray().Should().Equal(0, 1, 1, 0, 0, 1);
        schema.Labels!.Decode(0).Should().Be("setosa");
        schema.ToLabels(Read("species\nversicolor\n")).Should().Equal(1);
        FluentActions.Invoking(() => schema.ToLabels(Read("species\nvirginica\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text', line 2, column 'species' is 'virginica'*known are setosa, versicolor.");
    }

    [Fact]
    public void Numbers_may_be_labels_in_their_own_order()
    {
        Table table = Read("x,digit\n1,10\n2,9\n3,10\n");
        TableSchema schema = table.FitClassification(^1);
        schema.Labels!.Labels.Should().Equal("9", "10");
        schema.ToLabels(table).Should().Equal(1, 0, 1);
    }

    public static TheoryData<MissingValues, double> Replacements() => new()
    {
        { MissingValues.Mean, 3 },
        { MissingValues.Median, 2 },
        { MissingValues.Constant(-1), -1 },
    };

    [Theory]
    [MemberData(nameof(Replacements))]
    public void Missing_values_are_replaced_as_the_training_data_say(MissingValues missing, double expected)
    {
        var options = new CsvOptions { Missing = missing };
        Table table = Read("x,c,y\n1,a,1\nNA,b,1\n2,,1\n6,a,1\n", options);
        TableSchema schema = table.FitRegression("y", new() { Numbers = NumberEncoding.None });
        schema.ToDataSet<double>(table).Inputs.Values.ToArray().Should()
            .Equal([1, 0, 1, 0, expected, 0, 0, 1, 2, 1, 0, 0, 6, 0, 1, 0]);
        schema.ToInputs<double>(Read("x,c\n,\n100,a\n")).Column(0).Should().Equal(expected, 1, 0, 0);
    }

    [Fact]
    public void A_missing_target_or_an_empty_column_is_refused()
    {
        var options = new CsvOptions { Missing = MissingValues.Mean };
        FluentActions.Invoking(() => Read("x,y\n1,1\n2,\n", options).FitRegression("y"))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text', line 3, column 'y' is missing; it is what is to be predicted*");
        FluentActions.Invoking(() => Read("x,y\n1,a\n2,\n", options).FitClassification("y"))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text', line 3, column 'y' is missing*");
        FluentActions.Invoking(() => Read("x,z,y\n1,,1\n2,,2\n", options).FitRegression("y"))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text': column 'z' has no value in any of 2 rows*");

        // Trained on data without gaps under a policy that refuses them, then given some.
        TableSchema strict = Read(Houses).FitRegression("price");
        FluentActions.Invoking(() => strict.ToInputs<double>(Read("town,area,rooms\nYork,,8\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text', line 2, column 'area' is missing*");
    }

    [Fact]
    public void Numbers_may_become_the_bins_that_they_have_passed()
    {
        Table table = Table.Read(
            new StringReader("x,y\n1,5\n2,6\n,7\n3,8\n"), new() { Missing = MissingValues.Median });
        TableSchema fitted = table.FitRegression("y", new() { Numbers = NumberEncoding.PiecewiseLinear });

        // With the median, from 1 to 2 and from 2 to 3.
        fitted.ToInputs<double>(table).ToColumnMajorArray().Should().Equal(0, 0, 1, 0, 1, 0, 1, 1);
        Table many = Table.FromRows(Enumerable.Range(0, 100).Select(i => new { x = Math.Sqrt(i), y = i }));
        many.FitRegression("y", new() { Numbers = NumberEncoding.PiecewiseLinear }).InputSize.Should().Be(16);
        Matrix<double> inputs = many.FitRegression("y", new() { Numbers = NumberEncoding.PiecewiseLinear, Bins = 2 })
            .ToInputs<double>(many);
        inputs.Column(0).Should().Equal(0, 0);
        inputs.Column(99).Should().Equal(1, 1);
    }

    [Fact]
    public void Numbers_too_large_to_be_scaled_are_refused_of_inputs_and_targets()
    {
        Table table = Table.Read(new StringReader("x,y\n1.7e308,1.7e308\n-1.7e308,-1.7e308\n"));
        table.Invoking(t => t.FitRegression("y", new() { Targets = TargetScaling.None }))
            .Should().Throw<InvalidDataException>().WithMessage("*too large to be scaled*");
        table.Invoking(t => t.FitRegression("y", new() { Numbers = NumberEncoding.PiecewiseLinear }))
            .Should().Throw<InvalidDataException>().WithMessage("*too large to be scaled*");
        Table target = Table.Read(new StringReader("x,y\n1,1.7e308\n2,-1.7e308\n"));
        target.Invoking(t => t.FitRegression("y"))
            .Should().Throw<InvalidDataException>().WithMessage("*too large to be scaled*");
        Table large = Table.Read(new StringReader("x,y\n1e300,1e300\n-1e300,-1e300\n"));
        large.FitRegression("y").ToDataSet<double>(large).Targets.Values
            .ToArray().Should().Equal(1, -1);
    }

    [Fact]
    public void A_choice_of_columns_that_makes_no_sense_is_refused()
    {
        Table table = Read(Houses);
        FluentActions.Invoking(() => table.FitRegression("cost")).Should().Throw<ArgumentException>()
            .WithMessage("'text' has no column 'cost'; its columns are rooms, town, area, price.");
        FluentActions.Invoking(() => table.FitRegression("town")).Should().Throw<InvalidDataException>()
            .WithMessage("'text': column 'town' holds categories, such as 'Bath'*FitClassification*");
        FluentActions.Invoking(() => table.FitRegression("price", new() { Inputs = ["rooms", "price"] }))
            .Should().Throw<ArgumentException>().WithMessage("*both an input and a target*");
        FluentActions.Invoking(() => table.FitRegression("price", new() { Inputs = ["rooms", 0] }))
            .Should().Throw<ArgumentException>().WithMessage("A column is named twice.*");
        FluentActions.Invoking(() => Read("y\n1\n").FitRegression("y"))
            .Should().Throw<ArgumentException>().WithMessage("There are 0 inputs*");
    }

    [Fact]
    public void Several_targets_are_predicted_at_once() =>
        Read(Houses).FitRegression(["price", "area"], new() { Targets = TargetScaling.None })
            .ToDataSet<double>(Read(Houses)).Targets.Column(1).ToArray().Should().Equal(300, 70);

    [Fact]
    public void An_input_says_what_it_holds()
    {
        Read(Houses).FitRegression("price").Columns.Select(input => (input.Name, input.Kind))
            .Should().BeEquivalentTo(
            [("rooms", ColumnKind.Number), ("town", ColumnKind.Category), ("area", ColumnKind.Number)]);
    }

    [Fact]
    public void A_regression_has_no_classes() =>
        Read(Houses).FitRegression("price").Invoking(p => p.ToLabels(Read(Houses)))
            .Should().Throw<InvalidOperationException>().WithMessage("*no classes*");

    [Fact]
    public void Columns_that_changed_their_kind_are_refused()
    {
        TableSchema fitted = Read(Houses).FitRegression("price", new() { RefuseUnknownCategories = true });
        fitted.Invoking(p => p.ToInputs<float>(Read("rooms,town,area\ntwo,York,50\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 2, column 'rooms' is 'two', but must be a finite number as in the training data.*");
        fitted.Invoking(p => p.ToDataSet<float>(Read("rooms,town,area,price\n2,York,50,cheap\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 2, column 'price' is 'cheap', but must be a finite number as in the training data.*");
        fitted.Invoking(p => p.ToInputs<float>(Read("rooms,town,area\n2,7,50\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 2, column 'town' is '7', which was not there in the training data; known are Bath, "
                + "York.");
        fitted.Invoking(p => p.ToInputs<float>(Read("rooms,town\n2,York\n"))).Should().Throw<InvalidDataException>()
            .WithMessage("'text' has no column 'area'; its columns are rooms, town.");
    }

    [Fact]
    public void Many_known_categories_are_not_all_shown()
    {
        string many = "town,price\n" + string.Concat(Enumerable.Range(10, 40).Select(i => $"t{i},{i}\n"));
        Read(many).FitRegression("price", new() { RefuseUnknownCategories = true })
            .Invoking(p => p.ToInputs<float>(Read("town\nt99\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*'t99'*known are t10, t11, *, ….").Which.Message.Should().NotContain("t49");
    }

    [Fact]
    public void A_number_too_large_for_the_network_is_refused()
    {
        var options = new SchemaOptions { Numbers = NumberEncoding.MinMax };
        TableSchema fitted = Read("a,b\n1,1\n2,3\n").FitRegression("b", options);
        fitted.Invoking(p => p.ToInputs<double>(Read("a\n1e308\n"))).Should().NotThrow();
        fitted.Invoking(p => p.ToDataSet<float>(Read("a,b\n1e308,1\n")))
            .Should().Throw<InvalidDataException>().WithMessage("'text', line 2: a number is too large.");
        TableSchema steep = Read("a,b\n1e-300,1\n2e-300,3\n").FitRegression("b", options);
        steep.Invoking(p => p.ToInputs<double>(Read("a\n1e300\n")))
            .Should().Throw<InvalidDataException>().WithMessage("'text', line 2: a number is too large.");
    }

    [Fact]
    public void Options_that_there_are_not_are_refused()
    {
        FluentActions.Invoking(() => new SchemaOptions { Numbers = (NumberEncoding)9 })
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*NumberEncoding 9*").WithParameterName("Numbers");
        FluentActions.Invoking(() => new SchemaOptions { Targets = (TargetScaling)9 })
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*TargetScaling 9*").WithParameterName("Targets");
        FluentActions.Invoking(() => new SchemaOptions { Bins = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Bins");
        FluentActions.Invoking(() => new SchemaOptions { MaxOneHot = -1 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("MaxOneHot");
        foreach (double share in new[] { -0.1, 1, double.NaN })
        {
            FluentActions.Invoking(() => new SchemaOptions { UnknownShare = share })
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("UnknownShare");
        }
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-14;

    private static Table Read(string text, CsvOptions? options = null) =>
        Table.Read(new StringReader(text), options);
}
