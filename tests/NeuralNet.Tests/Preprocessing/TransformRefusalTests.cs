using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Preprocessing;

public sealed class TransformRefusalTests
{
    private static readonly IFeatureTransform[] _transforms =
    [
        new Standardization([1, 2], [3, 4]),
        new MinMaxScaling([0, 1], [2, 3], -1, 1),
        new Imputation([1.5, -2]),
        new MissingIndicator(2),
        new OneHotEncoding([[0], [0]], UnknownCategory.Zeros),
        new CyclicEncoding([24, 7]),
        new ColumnTransform(2, new ColumnBlock([1])),
        new TransformSequence(new Imputation([0, 0]), new Standardization([1, 2], [3, 4])),
    ];

    public static TheoryData<int> Transforms { get; } = new(Enumerable.Range(0, _transforms.Length));

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_batch_of_another_shape_is_refused_and_an_empty_one_is_transformed_to_nothing(int index)
    {
        IFeatureTransform transform = _transforms[index];
        int size = transform.OutputSize;
        FluentActions.Invoking(
            () =>
                transform.Transform(
                    new ReadOnlyMatrixSpan<double>(new double[6], 3, 2), new(new double[2 * size], size, 2)))
            .Should().Throw<ArgumentException>().WithMessage("The transform takes 2 features*3 × 2.*")
            .WithParameterName("input");
        FluentActions.Invoking(
            () =>
                transform.Transform(
                    new ReadOnlyMatrixSpan<double>(new double[4], 2, 2), new(new double[size], size, 1)))
            .Should().Throw<ArgumentException>().WithMessage($"The output must be {size} × 2, but it is {size} × 1.*")
            .WithParameterName("output");
        FluentActions.Invoking(
            () =>
                transform.Transform(
                    new ReadOnlyMatrixSpan<double>(new double[4], 2, 2), new(new double[2 * (size + 1)], size + 1, 2)))
            .Should().Throw<ArgumentException>()
            .WithMessage($"The output must be {size} × 2, but it is {size + 1} × 2.*").WithParameterName("output");
        transform.Transform(new ReadOnlyMatrixSpan<double>([], 2, 0), new([], size, 0));
    }

    [Fact]
    public void There_is_nothing_to_learn_from_no_samples() =>
        FluentActions.Invoking(() => Standardization.Fit(Matrix<double>.Build.Dense(2, 0)))
            .Should().Throw<ArgumentException>().WithMessage("*nothing to fit to*2 × 0*");

    [Fact]
    public void What_stands_for_a_missing_value_is_not_learned_from_infinity() =>
        FluentActions.Invoking(
            () => Imputation.FitMean(Matrix<double>.Build.Dense(2, 2, [1, double.NaN, 2, double.NegativeInfinity])))
            .Should().Throw<ArgumentException>().WithMessage("Feature 1 of sample 1 is -*NaN where it is missing*");

    [Fact]
    public void A_transform_of_nothing_is_refused()
    {
        FluentActions.Invoking(() => new ColumnTransform(2))
            .Should().Throw<ArgumentException>().WithParameterName("blocks");
        FluentActions.Invoking(() => new TransformSequence())
            .Should().Throw<ArgumentException>().WithParameterName("steps");
        FluentActions.Invoking(() => new OneHotEncoding([]))
            .Should().Throw<ArgumentException>().WithParameterName("categories");
        FluentActions.Invoking(() => new LabelEncoder([]))
            .Should().Throw<ArgumentException>().WithParameterName("labels");
        FluentActions.Invoking(() => new LabelEncoder(["a", null!]))
            .Should().Throw<ArgumentException>().WithMessage("Label 1 is null.*");
    }

    [Fact]
    public void A_way_with_unknown_categories_that_there_is_not_is_refused() =>
        FluentActions.Invoking(() => new OneHotEncoding([[1]], (UnknownCategory)7))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("unknown");

    [Fact]
    public void A_refusal_by_a_step_says_which_step_it_is()
    {
        var sequence = new TransformSequence(new Imputation([0]), new OneHotEncoding([[.. Enumerable.Range(0, 12)]]));
        FluentActions.Invoking(() => sequence.Transform(Matrix<double>.Build.Dense(1, 2, [3, 12])))
            .Should().Throw<ArgumentException>()
            .WithMessage("In step 1*Feature 0 of sample 1 is 12*known are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more.*")
            .Which.InnerException.Should().BeOfType<ArgumentException>();
    }

    [Fact]
    public void Many_labels_are_not_all_shown()
    {
        new LabelEncoder(["a", "b"]).ToString().Should().Be("a, b");
        new LabelEncoder([.. Enumerable.Range(0, 11).Select(i => $"{i}")]).ToString()
            .Should().Be("0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …");
    }

    [Fact]
    public void A_matrix_of_no_inputs_has_nothing_to_draw()
    {
        var random = new Random(1);
        new Orthogonal().Initialize(new MatrixSpan<double>([], 3, 0), 0, 3, random);
        random.Next().Should().Be(new Random(1).Next());
    }
}
