using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv.Tests;

public sealed class CsvPreprocessingTests
{
    private const string Houses = "rooms,town,area,price\n2,York,50,100\n4,Bath,70,300\n6,York,90,200\n";

    [Fact]
    public void A_regression_in_three_lines()
    {
        CsvTable table = Read(Houses);
        CsvPreprocessing preprocessing = table.FitRegression(target: "price");
        DataSet<double> data = preprocessing.ToDataSet<double>(table);

        double third = 2 / Math.Sqrt(8 / 3.0);
        data.Inputs.Column(0).ToArray().Should().Equal(new double[] { -third, -third, 0, 1 }, Close);
        data.Inputs.Column(1).ToArray().Should().Equal(new double[] { 0, 0, 1, 0 }, Close);
        data.Inputs.Column(2).ToArray().Should().Equal(new double[] { third, third, 0, 1 }, Close);
        data.Targets.Values.ToArray().Should().Equal(100, 300, 200);
        preprocessing.InputSize.Should().Be(4);
        preprocessing.TargetSize.Should().Be(1);
    }

    [Fact]
    public void Targets_are_scaled_and_predictions_turned_back()
    {
        CsvTable table = Read(Houses);
        CsvPreprocessing preprocessing = table.FitRegression(
            "price", ["rooms", "area"], FeatureScaling.None, FeatureScaling.MinMax);
        DataSet<float> data = preprocessing.ToDataSet<float>(table);
        data.Inputs.Values.ToArray().Should().Equal(2, 50, 4, 70, 6, 90);
        data.Targets.Values.ToArray().Should().Equal(0, 1, 0.5f);
        preprocessing.Targets!.Invert(Matrix<float>.Build.Dense(1, 2, [0.25f, 2])).ToColumnMajorArray()
            .Should().Equal(150, 500);
    }

    [Fact]
    public void New_rows_are_treated_as_the_training_data_were()
    {
        CsvTable training = Read(Houses);
        CsvPreprocessing preprocessing = training.FitRegression("price");

        // Other columns, another order, no price; one row alone has no spread of its own.
        Matrix<double> inputs = preprocessing.ToInputs<double>(Read("town,note,area,rooms\nYork,new,70,8\n"));
        inputs.ToColumnMajorArray().Should().Equal(new double[] { 4 / Math.Sqrt(8 / 3.0), 0, 0, 1 }, Close);
        FluentActions.Invoking(() => preprocessing.ToDataSet<double>(Read("town,area,rooms\nYork,70,8\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text' has no column 'price'; its columns are town, area, rooms.");
        FluentActions.Invoking(() => preprocessing.ToInputs<double>(Read("town,area\nYork,70\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*no column 'rooms'*");
        FluentActions.Invoking(() => preprocessing.ToInputs<double>(Read("town,area,rooms\nYork,large,8\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 2, column 'area' is 'large', but must be a finite number as in the training data.*");
    }

    [Fact]
    public void An_unknown_category_is_refused_by_name_or_becomes_zeros()
    {
        CsvTable training = Read(Houses);
        CsvTable rows = Read("town,area,rooms\nYork,70,8\nLeeds,70,4\n");
        FluentActions.Invoking(() => training.FitRegression("price").ToInputs<double>(rows))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "'text', line 3, column 'town' is 'Leeds', which was not there in the training data; known are Bath, "
                + "York.");
        training.FitRegression("price", unknown: UnknownCategory.Zeros).ToInputs<double>(rows).Column(1)
            .Should().Equal(0, 0, 0, 0);
    }

    [Fact]
    public void A_classification_in_three_lines()
    {
        CsvTable table = Read("length,species\n1,versicolor\n2,setosa\n3,versicolor\n");
        CsvPreprocessing preprocessing = table.FitClassification(label: "species", scaling: FeatureScaling.None);
        DataSet<float> data = preprocessing.ToDataSet<float>(table);

        data.Targets.Values.ToArray().Should().Equal(0, 1, 1, 0, 0, 1);
        preprocessing.Labels!.Decode(0).Should().Be("setosa");
        preprocessing.ToLabels(Read("species\nversicolor\n")).Should().Equal(1);
        FluentActions.Invoking(() => preprocessing.ToLabels(Read("species\nvirginica\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text', line 2, column 'species' is 'virginica'*known are setosa, versicolor.");
    }

    [Fact]
    public void Numbers_may_be_labels_in_their_own_order()
    {
        CsvTable table = Read("x,digit\n1,10\n2,9\n3,10\n");
        CsvPreprocessing preprocessing = table.FitClassification(^1);
        preprocessing.Labels!.Labels.Should().Equal("9", "10");
        preprocessing.ToLabels(table).Should().Equal(1, 0, 1);
    }

    [Theory]
    [InlineData(MissingValues.Mean, 3.0)]
    [InlineData(MissingValues.Median, 2.0)]
    [InlineData(MissingValues.Constant, -1.0)]
    public void Missing_values_are_replaced_as_the_training_data_say(MissingValues missing, double expected)
    {
        var options = new CsvOptions { Missing = missing, MissingConstant = -1 };
        CsvTable table = Read("x,c,y\n1,a,1\nNA,b,1\n2,,1\n6,a,1\n", options);
        CsvPreprocessing preprocessing = table.FitRegression("y", scaling: FeatureScaling.None);
        preprocessing.ToDataSet<double>(table).Inputs.Values.ToArray().Should()
            .Equal([1, 0, 1, 0, expected, 0, 0, 1, 2, 1, 0, 0, 6, 0, 1, 0]);
        preprocessing.ToInputs<double>(Read("x,c\n,\n100,a\n", options)).Column(0).Should().Equal(expected, 1, 0, 0);
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
        CsvPreprocessing strict = Read(Houses).FitRegression("price");
        FluentActions.Invoking(() => strict.ToInputs<double>(Read("town,area,rooms\nYork,,8\n", options)))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'text', line 2, column 'area' is missing*");
    }

    [Fact]
    public void Numbers_may_become_the_bins_that_they_have_passed()
    {
        CsvTable table = CsvTable.Read(
            new StringReader("x,y\n1,5\n2,6\n,7\n3,8\n"), new() { Missing = MissingValues.Median });
        CsvPreprocessing fitted = table.FitRegression("y", scaling: FeatureScaling.PiecewiseLinear);
        fitted.InputSize.Should().BeLessThanOrEqualTo(16).And.BeGreaterThan(2);
        Matrix<double> inputs = fitted.ToInputs<double>(table);
        inputs.Column(0).Should().OnlyContain(value => value == 0);
        inputs.Column(3).Should().OnlyContain(value => value == 1);
        table.Invoking(t => t.FitRegression("y", targetScaling: FeatureScaling.PiecewiseLinear))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*is for inputs*standardize*");
    }

    [Fact]
    public void Numbers_too_large_to_be_scaled_are_refused_of_inputs_and_targets()
    {
        CsvTable table = CsvTable.Read(new StringReader("x,y\n1.7e308,1.7e308\n-1.7e308,-1.7e308\n"));
        table.Invoking(t => t.FitRegression("y"))
            .Should().Throw<InvalidDataException>().WithMessage("*too large to be scaled*");
        table.Invoking(t => t.FitRegression("y", scaling: FeatureScaling.PiecewiseLinear))
            .Should().Throw<InvalidDataException>().WithMessage("*too large to be scaled*");
        CsvTable target = CsvTable.Read(new StringReader("x,y\n1,1.7e308\n2,-1.7e308\n"));
        target.Invoking(t => t.FitRegression("y", targetScaling: FeatureScaling.Standardize))
            .Should().Throw<InvalidDataException>().WithMessage("*too large to be scaled*");
        CsvTable large = CsvTable.Read(new StringReader("x,y\n1e300,1e300\n-1e300,-1e300\n"));
        large.FitRegression("y", targetScaling: FeatureScaling.Standardize).ToDataSet<double>(large).Targets.Values
            .ToArray().Should().Equal(1, -1);
    }

    [Fact]
    public void A_choice_of_columns_that_makes_no_sense_is_refused()
    {
        CsvTable table = Read(Houses);
        FluentActions.Invoking(() => table.FitRegression("cost")).Should().Throw<ArgumentException>()
            .WithMessage("'text' has no column 'cost'; its columns are rooms, town, area, price.");
        FluentActions.Invoking(() => table.FitRegression("town")).Should().Throw<InvalidDataException>()
            .WithMessage("'text': column 'town' holds categories, such as 'Bath'*FitClassification*");
        FluentActions.Invoking(() => table.FitRegression("price", ["rooms", "price"]))
            .Should().Throw<ArgumentException>().WithMessage("*both an input and a target*");
        FluentActions.Invoking(() => table.FitRegression("price", ["rooms", 0])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Read("y\n1\n").FitRegression("y"))
            .Should().Throw<ArgumentException>().WithMessage("There are 0 inputs*");
    }

    [Fact]
    public void Several_targets_are_predicted_at_once() =>
        Read(Houses).FitRegression(["price", "area"]).ToDataSet<double>(Read(Houses)).Targets.Column(1).ToArray()
            .Should().Equal(300, 70);

    [Fact]
    public void A_preprocessing_is_made_again_from_its_state()
    {
        CsvTable table = Read(Houses);
        CsvPreprocessing fitted = table.FitRegression("price", targetScaling: FeatureScaling.Standardize);
        var inputs = (ColumnTransform)fitted.Inputs;
        var standardization = (Standardization)inputs.Blocks[0].Transform!;
        var again = new CsvPreprocessing(
            [
                .. fitted.InputColumns.Select(column => new CsvInput(
                    column.Name, column.Categories is null ? null : new(column.Categories.Labels))),
            ],
            new ColumnTransform(
                inputs.InputSize,
                new ColumnBlock(
                    inputs.Blocks[0].Columns,
                    new Standardization(standardization.Means, standardization.StandardDeviations)),
                new ColumnBlock(
                    inputs.Blocks[1].Columns,
                    new OneHotEncoding(((OneHotEncoding)inputs.Blocks[1].Transform!).Categories))),
            fitted.TargetNames,
            fitted.Targets);
        again.ToDataSet<float>(table).Inputs.Values.ToArray()
            .Should().Equal(fitted.ToDataSet<float>(table).Inputs.Values.ToArray());
        again.ToDataSet<float>(table).Targets.Values.ToArray()
            .Should().Equal(fitted.ToDataSet<float>(table).Targets.Values.ToArray());
    }

    [Fact]
    public void A_preprocessing_whose_transforms_take_other_columns_is_refused()
    {
        CsvInput[] one = [new("rooms", null)];
        FluentActions.Invoking(() => new CsvPreprocessing(one, new Standardization([1, 2], [1, 1]), ["price"]))
            .Should().Throw<ArgumentException>().WithMessage("The transform takes 2 columns, but there is 1 column*")
            .WithParameterName("inputs");
        FluentActions.Invoking(
            () => new CsvPreprocessing(
                one, new Standardization([1], [1]), ["price"], new Standardization([1, 2], [1, 1])))
            .Should().Throw<ArgumentException>().WithMessage("The transform takes 2 columns, but there is 1 column*")
            .WithParameterName("targets");
        FluentActions.Invoking(() => new CsvInput(null!, null))
            .Should().Throw<ArgumentNullException>().WithParameterName("name");
    }

    [Fact]
    public void An_input_says_what_it_holds()
    {
        Read(Houses).FitRegression("price").InputColumns.Select(input => (input.Name, input.Kind))
            .Should().BeEquivalentTo(
            [("rooms", CsvColumnKind.Number), ("town", CsvColumnKind.Category), ("area", CsvColumnKind.Number)]);
    }

    [Fact]
    public void A_regression_has_no_classes() =>
        Read(Houses).FitRegression("price").Invoking(p => p.ToLabels(Read(Houses)))
            .Should().Throw<InvalidOperationException>().WithMessage("*no classes*");

    [Fact]
    public void Columns_that_changed_their_kind_are_refused()
    {
        CsvPreprocessing fitted = Read(Houses).FitRegression("price");
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
        Read(many).FitRegression("price").Invoking(p => p.ToInputs<float>(Read("town\nt99\n")))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*'t99'*known are t10, t11, *, ….").Which.Message.Should().NotContain("t49");
    }

    [Fact]
    public void A_number_too_large_for_the_network_is_refused()
    {
        CsvPreprocessing fitted = Read("a,b\n1,1\n2,3\n").FitRegression("b", scaling: FeatureScaling.MinMax);
        fitted.Invoking(p => p.ToInputs<double>(Read("a\n1e308\n"))).Should().NotThrow();
        fitted.Invoking(p => p.ToDataSet<float>(Read("a,b\n1e308,1\n")))
            .Should().Throw<InvalidDataException>().WithMessage("'text' makes no data set*");
        CsvPreprocessing steep = Read("a,b\n1e-300,1\n2e-300,3\n").FitRegression("b", scaling: FeatureScaling.MinMax);
        steep.Invoking(p => p.ToInputs<double>(Read("a\n1e300\n")))
            .Should().Throw<InvalidDataException>().WithMessage("'text', line 2: a number is too large.");
    }

    [Fact]
    public void A_scaling_that_there_is_not_is_refused() =>
        Read(Houses).Invoking(t => t.FitRegression("price", scaling: (FeatureScaling)9))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*FeatureScaling 9*").WithParameterName("scaling");

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-14;

    private static CsvTable Read(string text, CsvOptions? options = null) =>
        CsvTable.Read(new StringReader(text), options);
}
