using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Preprocessing;

public sealed class TransformTests
{
    // Two features, four samples.
    private readonly Matrix<double> _samples = Matrix<double>.Build.Dense(2, 4, [1, 10, 3, 10, 5, 10, 7, 10]);

    [Fact]
    public void Standardization_by_hand()
    {
        Standardization standardization = Standardization.Fit(_samples);
        standardization.Means.Should().Equal(4, 10);
        standardization.StandardDeviations.Should().Equal(Math.Sqrt(5), 1);
        standardization.Transform(_samples).ToColumnMajorArray().Should()
            .Equal(-3 / Math.Sqrt(5), 0, -1 / Math.Sqrt(5), 0, 1 / Math.Sqrt(5), 0, 3 / Math.Sqrt(5), 0);
    }

    [Fact]
    public void Scaling_by_hand()
    {
        MinMaxScaling scaling = MinMaxScaling.Fit(_samples, -1, 2);
        scaling.Minimums.Should().Equal(1, 10);
        scaling.Maximums.Should().Equal(7, 10);
        scaling.Transform(_samples).ToColumnMajorArray().Should().Equal(-1, -1, 0, -1, 1, -1, 2, -1);
        scaling.Transform(Matrix<double>.Build.Dense(2, 1, [13, 11])).ToColumnMajorArray().Should().Equal(5, 2);
    }

    [Fact]
    public void A_large_offset_costs_no_digits()
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(1, 4, [1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 4]);
        Standardization standardization = Standardization.Fit(samples);
        standardization.Means.Should().Equal(1e15 + 2.5);
        standardization.StandardDeviations[0].Should().BeApproximately(Math.Sqrt(1.25), 1e-15);
    }

    [Theory]
    [InlineData(1.7e12, 1000)] // a second in milliseconds since 1970
    [InlineData(1.7e12, 1)]
    [InlineData(1e9, 1e-5)]
    [InlineData(0, 1e-200)]
    [InlineData(1e-300, 1e-302)]
    [InlineData(0, 1e200)]
    [InlineData(0, 1e-307)]
    public void What_varies_is_standardized_however_many_samples_there_are(double offset, double step)
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(1, 1_000_000, (_, j) => offset + (j % 2 * step));
        Standardization standardization = Standardization.Fit(samples);
        double spacing = Math.BitIncrement(offset) - offset;
        standardization.StandardDeviations[0].Should().BeApproximately(step / 2, (step * 1e-9) + spacing);
        foreach (double value in standardization.Transform(samples.SubMatrix(0, 1, 0, 2)).Enumerate())
        {
            Math.Abs(value).Should().BeApproximately(1, 1e-9 + (2 * spacing / step));
        }
    }

    [Fact]
    public void A_constant_but_for_rounding_is_constant()
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(
            1, 1000, (_, j) => j % 2 == 0 ? 0.3 : Math.BitIncrement(Math.BitIncrement(0.3)));
        Standardization.Fit(samples).StandardDeviations.Should().Equal(1);
    }

    [Fact]
    public void A_denormal_range_is_constant_and_no_value_becomes_infinite()
    {
        Matrix<double> inDouble = Matrix<double>.Build.Dense(1, 3, [0, 5e-324, 1e-310]);
        Matrix<float> inFloat = Matrix<float>.Build.Dense(1, 3, [0, float.Epsilon, 1e-40f]);
        foreach (IInvertibleTransform transform in (IInvertibleTransform[])
            [
                MinMaxScaling.Fit(inDouble), new MinMaxScaling([0], [1e-310]), Standardization.Fit(inDouble),
                MinMaxScaling.Fit(inFloat), Standardization.Fit(inFloat),
            ])
        {
            transform.Transform(inDouble + 1).ToColumnMajorArray().Should().Equal(1, 1, 1);
            transform.Transform(inDouble)[0, 2].Should().BeLessThan(1e-39);
            transform.Invert(transform.Transform(inDouble + 1))[0, 0].Should().Be(1);
        }

        MinMaxScaling.Fit(inFloat).Transform(inFloat + 1e38f).ToColumnMajorArray()
            .Should().OnlyContain(value => float.IsFinite(value));

        // The smallest range with all digits is scaled.
        MinMaxScaling small = MinMaxScaling.Fit(Matrix<float>.Build.Dense(1, 2, [0, 2e-38f]));
        small.Transform(Matrix<float>.Build.Dense(1, 1, 1e-38f))[0, 0].Should().BeApproximately(0.5f, 1e-6f);
    }

    [Fact]
    public void Floats_are_summed_in_double()
    {
        float[] values = [.. Enumerable.Range(0, 100_000).Select(i => 1e4f + (i % 2))];
        Standardization standardization = Standardization.Fit(Matrix<float>.Build.Dense(1, values.Length, values));
        standardization.Means.Should().Equal(10000.5);
        standardization.StandardDeviations.Should().Equal(0.5);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e300)]
    [InlineData(0)]
    [InlineData(double.Epsilon)]
    public void A_constant_feature_becomes_zero_and_comes_back(double value)
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(1, 1000, value);
        Standardization standardization = Standardization.Fit(samples);
        standardization.StandardDeviations.Should().Equal(1);
        Matrix<double> transformed = standardization.Transform(samples);
        transformed.ToColumnMajorArray().Should().AllBeEquivalentTo(0.0);
        standardization.Invert(transformed).Should().BeEquivalentTo(samples);
        MinMaxScaling.Fit(samples).Transform(samples).ToColumnMajorArray().Should().AllBeEquivalentTo(0.0);
    }

    [Fact]
    public void A_single_sample_is_transformed_as_in_a_batch()
    {
        IInvertibleTransform scaling = Standardization.Fit(_samples);
        Vector<double> sample = _samples.Column(1);
        Vector<double> transformed = scaling.Transform(sample);
        transformed.Should().BeEquivalentTo(scaling.Transform(_samples).Column(1));
        scaling.Invert(transformed).Should().BeEquivalentTo(scaling.Invert(scaling.Transform(_samples)).Column(1));
        scaling.Transform(Vector<double>.Build.SparseOfVector(sample)).Should().BeEquivalentTo(transformed);
        scaling.Invoking(s => s.Transform(Vector<double>.Build.Dense(_samples.RowCount + 1)))
            .Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_is_refused_by_feature_and_sample(double value)
    {
        _samples[1, 2] = value;
        string message = $"Feature 1 of sample 2 is {value}*";
        FluentActions.Invoking(() => Standardization.Fit(_samples))
            .Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => MinMaxScaling.Fit(_samples))
            .Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => OneHotEncoding.Fit(_samples))
            .Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Numbers_whose_deviation_overflows_are_refused()
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(1, 2, [-1.7e308, 1.7e308]);
        FluentActions.Invoking(() => Standardization.Fit(samples)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => MinMaxScaling.Fit(samples)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Inverting_gives_back_what_was_transformed() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat[]>()
            .Filter(values => values.Length > 0 && values.All(v => Math.Abs(v.Get) < 1e100)),
        values =>
        {
            Matrix<double> samples = Matrix<double>.Build.Dense(1, values.Length, Array.ConvertAll(values, v => v.Get));
            double size = Math.Max(samples.InfinityNorm(), samples.Enumerate().Max(Math.Abs));
            IInvertibleTransform[] transforms = [Standardization.Fit(samples), MinMaxScaling.Fit(samples, -2, 3)];
            return transforms.All(transform =>
                (transform.Invert(transform.Transform(samples)) - samples).Enumerate()
                    .All(error => Math.Abs(error) <= 1e-14 * size));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Transforms_are_made_again_from_their_numbers()
    {
        foreach (IFeatureTransform transform in new IFeatureTransform[]
        {
            Standardization.Fit(_samples),
            MinMaxScaling.Fit(_samples, -1, 1),
            OneHotEncoding.Fit(_samples, UnknownCategory.Zeros),
            Imputation.FitMedian(_samples),
            new MissingIndicator(2),
            new CyclicEncoding([24, 7]),
        })
        {
            string json = JsonSerializer.Serialize(transform, transform.GetType());
            var again = (IFeatureTransform)JsonSerializer.Deserialize(json, transform.GetType())!;
            again.Transform(_samples).Should().BeEquivalentTo(transform.Transform(_samples), json);
        }
    }

    [Fact]
    public void Encoding_by_hand()
    {
        var encoding = new OneHotEncoding([[0, 1, 2], [-5, 7]]);
        encoding.OutputSize.Should().Be(5);
        encoding.Transform(Matrix<float>.Build.Dense(2, 2, [1, 7, 2, -5])).ToColumnMajorArray()
            .Should().Equal(0, 1, 0, 0, 1, 0, 0, 1, 1, 0);
    }

    [Fact]
    public void An_unknown_category_is_refused_by_name_or_becomes_zeros()
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(2, 2, [1, 7, 3, 7]);
        FluentActions.Invoking(() => new OneHotEncoding([[0, 1, 2], [7]]).Transform(samples))
            .Should().Throw<ArgumentException>()
            .WithMessage(
                "Feature 0 of sample 1 is 3, a category that was not there when the encoding was fitted; known are 0, "
                + "1, 2.*");
        new OneHotEncoding([[0, 1, 2], [7]], UnknownCategory.Zeros).Transform(samples).ToColumnMajorArray()
            .Should().Equal(0, 1, 0, 1, 0, 0, 0, 1);
    }

    [Fact]
    public void Missing_values_are_replaced_and_nothing_else()
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(1, 6, [double.NaN, 1, 2, double.NaN, 6, 100]);
        Imputation.FitMean(samples).Transform(samples).ToColumnMajorArray().Should().Equal(27.25, 1, 2, 27.25, 6, 100);
        Imputation.FitMedian(samples).Transform(samples).ToColumnMajorArray().Should().Equal(4, 1, 2, 4, 6, 100);
        new Imputation([-1]).Transform(samples).ToColumnMajorArray().Should().Equal(-1, 1, 2, -1, 6, 100);
        FluentActions.Invoking(() => Imputation.FitMean(Matrix<double>.Build.Dense(1, 2, double.NaN)))
            .Should().Throw<ArgumentException>()
            .WithMessage("Feature 0 is missing from all 2 samples*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(3000)]
    public void Columns_are_transformed_block_by_block(int count)
    {
        Matrix<double> samples = Matrix<double>.Build.Dense(4, count, (i, j) => i == 2 ? j % 3 : (10 * i) + j);
        var transform = new ColumnTransform(
            4,
            new ColumnBlock([3, 0], new Standardization([0, 0], [10, 100])),
            new ColumnBlock([1]),
            new ColumnBlock([2], new OneHotEncoding([[0, 1, 2]])));
        Matrix<double> result = transform.Transform(samples);
        transform.OutputSize.Should().Be(6);
        for (int j = 0; j < count; j++)
        {
            result.Column(j)
                .Should()
                .Equal((30 + j) / 10.0, j / 100.0, 10 + j, j % 3 == 0 ? 1 : 0, j % 3 == 1 ? 1 : 0, j % 3 == 2 ? 1 : 0);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2500)]
    public void Steps_follow_one_another(int count)
    {
        Matrix<float> samples = Matrix<float>.Build.Dense(2, count, (i, j) => j % 7 == 3 && i == 1 ? float.NaN : j % 4);
        var sequence = new TransformSequence(
            new Imputation([5, 6]),
            new Standardization([1, 1], [1, 1]),
            new OneHotEncoding([[-1, 0, 1, 2], [-1, 0, 1, 2, 5]]));
        sequence.InputSize.Should().Be(2);
        sequence.OutputSize.Should().Be(9);
        Matrix<float> result = sequence.Transform(samples);
        for (int j = 0; j < count; j++)
        {
            result[j % 4, j].Should().Be(1);
            result[4 + (j % 7 == 3 ? 4 : j % 4), j].Should().Be(1);
            result.Column(j).Sum().Should().Be(2);
        }
    }

    [Fact]
    public void A_step_may_clear_what_it_writes_before_it_reads()
    {
        var sequence = new TransformSequence(
            new Imputation([0]), new OneHotEncoding([[0, 1, 2]]), new MinMaxScaling([0, 0, 0], [1, 1, 1], -1, 1));
        sequence.Transform(Matrix<double>.Build.Dense(1, 3, [2, double.NaN, 1])).ToColumnMajorArray().Should()
            .Equal(-1, -1, 1, 1, -1, -1, -1, 1, -1);
    }

    [Fact]
    public void A_refusal_inside_says_where()
    {
        var transform = new ColumnTransform(2, new ColumnBlock([1], new OneHotEncoding([[7]])));
        FluentActions.Invoking(() => transform.Transform(Matrix<double>.Build.Dense(2, 3, (i, j) => j == 2 ? 8 : 7)))
            .Should()
            .Throw<ArgumentException>()
            .WithMessage("Of columns 1 and the samples from 0 on*Feature 0 of sample 2 is 8*");
    }

    [Fact]
    public void A_matrix_with_a_sample_per_row_is_refused_with_the_advice_to_transpose_it()
    {
        IFeatureTransform[] transforms =
        [
            Standardization.Fit(_samples),
            MinMaxScaling.Fit(_samples),
            new Imputation([1, 2]),
            new OneHotEncoding([[1], [1]]),
            new ColumnTransform(2, new ColumnBlock([0])),
            new TransformSequence(Standardization.Fit(_samples), MinMaxScaling.Fit(_samples)),
        ];
        foreach (IFeatureTransform transform in transforms)
        {
            transform.Invoking(t => t.Transform(Matrix<double>.Build.Dense(30, 2, 1)))
                .Should().Throw<ArgumentException>()
                .WithMessage("*30 × 2. A sample is a column. The matrix has 2 columns: if its rows are the samples*");
            transform.Invoking(t => t.Transform(Matrix<double>.Build.Dense(30, 3, 1)))
                .Should().Throw<ArgumentException>().Which.Message.Should().NotContain("transpose");
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Standardization standardization = Standardization.Fit(_samples);
        FluentActions.Invoking(() => standardization.Transform(Matrix<double>.Build.Dense(3, 1)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The transform takes 2 features, a sample per column, but the input is 3 × 1.*");
        FluentActions.Invoking(() => new TransformSequence(standardization, new Imputation([1])))
            .Should().Throw<ArgumentException>()
            .WithMessage("Step 1 takes 1 feature, but step 0 gives 2.*");
        FluentActions.Invoking(() => new ColumnTransform(2, new ColumnBlock([2])))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ColumnBlock([0], standardization)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new Standardization([1], [0])).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("standardDeviations of feature 0 must be a finite number above 0, but it is 0.*");
        FluentActions.Invoking(() => new Standardization([1, 2], [1])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new MinMaxScaling([2], [1])).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new MinMaxScaling([1], [2], 1, 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new OneHotEncoding([[1, 1]])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new OneHotEncoding([])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_batch_may_be_transformed_in_place()
    {
        double[] values = _samples.ToColumnMajorArray();
        var batch = new MatrixSpan<double>(values, 2, 4);
        Standardization standardization = Standardization.Fit(_samples);
        standardization.Transform(batch, batch);
        values.Should().Equal(standardization.Transform(_samples).ToColumnMajorArray());
        standardization.Invert(batch, batch);
        values.Should().Equal(_samples.ToColumnMajorArray());
    }

    [Fact]
    public void A_warm_transform_allocates_nothing()
    {
        var transform = new TransformSequence(
            new ColumnTransform(
                3,
                new ColumnBlock([0, 1], new Standardization([1, 2], [3, 4])),
                new ColumnBlock([2], new OneHotEncoding([[0, 1]]))),
            new Imputation([0, 0, 0, 0]));
        float[] input = new float[3 * 100];
        float[] output = new float[4 * 100];
        Allocations.WhenWarm(
            () =>
                transform.Transform(
                    new ReadOnlyMatrixSpan<float>(input, 3, 100), new MatrixSpan<float>(output, 4, 100)))
            .Should().Be(0);
    }

    [Fact]
    public void Labels_are_numbered_in_order_and_found_again()
    {
        LabelEncoder encoder = LabelEncoder.Fit(["dog", "cat", "dog", "Zebra", "ant"]);
        encoder.Labels.Should().Equal("Zebra", "ant", "cat", "dog");
        encoder.Encode(["cat", "Zebra"]).Should().Equal(2, 0);
        encoder.Decode(3).Should().Be("dog");
        encoder.TryEncode("cow", out int index).Should().BeFalse();
        index.Should().Be(-1);
        encoder.Invoking(e => e.Encode("cow"))
            .Should().Throw<ArgumentException>()
            .WithMessage("'cow' is none of the 4 known labels: Zebra, ant, cat, dog.*");
        encoder.Invoking(e => e.Decode(4)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new LabelEncoder(["a", "b", "a"]))
            .Should().Throw<ArgumentException>().WithMessage("The label 'a' has the numbers 0 and 2*");
        FluentActions.Invoking(() => new LabelEncoder([])).Should().Throw<ArgumentException>();
    }
}
