using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Preprocessing;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Preprocessing;

/// <summary>The same numbers as scikit-learn, from which Parity/preprocessing.py wrote the references.</summary>
public sealed class PreprocessingParityTests
{
    private static readonly PreprocessingReference _reference = ReferenceFile.Read<PreprocessingReference>(
        "preprocessing");

    private readonly Matrix<double> _samples = Columns(_reference.Samples, _reference.Features);
    private readonly Matrix<double> _others = Columns(_reference.Others, _reference.Features);

    [Fact]
    public void Standardization_is_that_of_StandardScaler()
    {
        Standardization standardization = Standardization.Fit(_samples);
        ShouldBeClose(standardization.Means, _reference.Means, 1e-15);

        // scikit-learn sums about a rounded mean, so an offset of a million costs it digits.
        ShouldBeClose(standardization.StandardDeviations, _reference.Deviations, 1e-10);
        standardization.StandardDeviations[3].Should().Be(1);
        standardization.StandardDeviations[4].Should().Be(1);
        ShouldBeClose(standardization.Transform(_others).ToColumnMajorArray(), _reference.Standardized, 1e-9);
    }

    [Fact]
    public void Scaling_is_that_of_MinMaxScaler()
    {
        foreach (ScalingReference scaling in _reference.Scalings)
        {
            var columns = new ColumnTransform(6, new ColumnBlock([0, 1, 2, 3, 5]));
            MinMaxScaling fitted = MinMaxScaling.Fit(columns.Transform(_samples), scaling.Lower, scaling.Upper);

            // scikit-learn multiplies x first and then subtracts the minimum, which costs digits if the offset is
            // large.
            ShouldBeClose(fitted.Transform(columns.Transform(_others)).ToColumnMajorArray(), scaling.Transformed, 1e-8);
        }
    }

    [Fact]
    public void Encoding_is_that_of_OneHotEncoder()
    {
        OneHotEncoding encoding = OneHotEncoding.Fit(Columns(_reference.Fitted, 3), UnknownCategory.Zeros);
        encoding.Categories.Should().BeEquivalentTo(_reference.Known, options => options.WithStrictOrdering());
        encoding.Transform(Columns(_reference.Categories, 3)).ToColumnMajorArray().Should().Equal(_reference.Encoded);
    }

    [Fact]
    public void Imputation_is_that_of_SimpleImputer()
    {
        Matrix<double> holes = Columns(_reference.Holes, 3);
        ShouldBeClose(Imputation.FitMean(holes).Replacements, _reference.ImputedMeans, 1e-15);
        ShouldBeClose(Imputation.FitMedian(holes).Replacements, _reference.ImputedMedians, 1e-15);
    }

    [Fact]
    public void Balanced_class_weights_are_those_of_compute_class_weight() =>
        ClassWeights.Balanced(_reference.Labels, 4).Should().Equal(_reference.Balanced);

    private static Matrix<double> Columns(double[] values, int rows) =>
        Matrix<double>.Build.Dense(rows, values.Length / rows, values);

    private static void ShouldBeClose(IReadOnlyList<double> values, double[] expected, double relative)
    {
        values.Should().HaveCount(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            values[i]
                .Should()
                .BeApproximately(expected[i], relative * Math.Max(1e-3, Math.Abs(expected[i])), $"of element {i}");
        }
    }

    private sealed record ScalingReference(double Lower, double Upper, double[] Transformed);

    private sealed record PreprocessingReference(
        int Features,
        double[] Samples,
        double[] Others,
        double[] Means,
        double[] Deviations,
        double[] Standardized,
        ScalingReference[] Scalings,
        double[] Categories,
        double[] Fitted,
        double[] Encoded,
        double[][] Known,
        double[] Holes,
        double[] ImputedMeans,
        double[] ImputedMedians,
        int[] Labels,
        double[] Balanced);
}
