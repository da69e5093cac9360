using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Preprocessing;

/// <summary>A transform says of which feature each of its outputs is made.</summary>
public sealed class SourceTests
{
    private static readonly Dictionary<string, IFeatureTransform> _transforms = new()
    {
        ["standardization"] = new Standardization([1, 2, 3], [1, 2, 3]),
        ["min-max"] = new MinMaxScaling([1, 2], [5, 6], 0, 1),
        ["channels"] = ChannelStandardization.Fit(
            MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(8, 3, (i, j) => i + j), new FeatureShape(4, 2)),
        ["imputation"] = new Imputation([1, 2, 3]),
        ["indicator"] = new MissingIndicator(3),
        ["cyclic"] = new CyclicEncoding([7, 24]),
        ["one-hot"] = new OneHotEncoding([[1.0, 2, 3], [5.0], [2.0, 4]]),
        ["piecewise"] = new PiecewiseLinearEncoding([0.0, 1, 2, 3], [1.0], [0.0, 2]),
        ["columns"] = new ColumnTransform(
            5,
            new ColumnBlock([4, 1], new OneHotEncoding([[1.0, 2], [1.0, 2, 3]])),
            new ColumnBlock([0]),
            new ColumnBlock([3, 2], new TransformSequence([new Imputation([1, 1]), new CyclicEncoding([3, 4])]))),
    };

    public static TheoryData<string> Names { get; } = new(_transforms.Keys);

    // Only the outputs that name an input as their source change when it does, and each of them may.
    [Theory]
    [MemberData(nameof(Names))]
    public void An_output_depends_on_its_source_alone(string name)
    {
        IFeatureTransform transform = _transforms[name];
        double[][] samples = [Sample(1), Sample(2), Sample(double.NaN)];
        if (name is not ("imputation" or "indicator"))
        {
            samples = samples[..2];
        }

        int moved = 0;
        for (int input = 0; input < transform.InputSize; input++)
        {
            foreach (double[] other in samples[1..])
            {
                double[] changed = [.. samples[0]];
                changed[input] = other[input];
                double[] before = Transform(samples[0]);
                double[] after = Transform(changed);
                for (int output = 0; output < transform.OutputSize; output++)
                {
                    if (before[output] != after[output])
                    {
                        transform.SourceOf(output).Should().Be(input, $"output {output}");
                        moved++;
                    }
                }
            }
        }

        moved.Should().BeGreaterThan(transform.InputSize - 2);
        Enumerable.Range(0, transform.OutputSize).Select(transform.SourceOf)
            .Should().OnlyContain(source => source >= 0 && source < transform.InputSize);

        double[] Sample(double value) => [.. Enumerable.Range(0, transform.InputSize).Select(i =>
            name == "one-hot" && i == 1 ? 5 : name == "one-hot" && i == 2 ? 2 * value : value)];

        double[] Transform(double[] sample)
        {
            double[] result = new double[transform.OutputSize];
            transform.Transform(
                new ReadOnlyMatrixSpan<double>(sample, sample.Length, 1),
                new MatrixSpan<double>(result, result.Length, 1));
            return result;
        }
    }

    [Fact]
    public void Of_a_transform_of_ones_own_nothing_is_known() =>
        ((IFeatureTransform)new Mixing()).SourceOf(0).Should().Be(-1);

    private sealed class Mixing : IFeatureTransform
    {
        public int InputSize => 2;

        public int OutputSize => 1;

        public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => output.Values.Clear();
    }
}
