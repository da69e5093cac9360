using System.Numerics;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Optimizers;

public sealed class ClippingTests
{
    private static readonly IGradientClipping[] _all = [new ClipByValue(2), new ClipByNorm(2), new ClipByGlobalNorm(2)];

    [Fact]
    public void Values_are_clipped_one_by_one() =>
        Clip(new ClipByValue(2), [3.0, -4, 1], [-2, 0.5]).SelectMany(x => x).Should().Equal(2, -2, 1, -2, 0.5);

    [Fact]
    public void Norms_are_clipped_parameter_by_parameter() =>
        // ‖(3, −4)‖ = 5 is brought to 2: times 0.4. ‖(1, 1)‖ = √2 stays.
        Clip(new ClipByNorm(2), [3.0, -4], [1, 1]).SelectMany(x => x).Should().Equal(3 * 0.4, -4 * 0.4, 1, 1);

    [Fact]
    public void The_global_norm_is_clipped_with_all_parameters_in_proportion() =>
        // ‖(3, −4, 12)‖ = 13 is brought to 6.5: times 0.5.
        Clip(new ClipByGlobalNorm(6.5), [3.0, -4], [], [12]).SelectMany(x => x).Should().Equal(1.5, -2, 6);

    [Fact]
    public void It_agrees_with_PyTorch()
    {
        OptimizerReference reference = ReferenceFile.Read<OptimizerReference>("optimizers");
        Clip(new ClipByValue(2.5), reference.Gradients).SelectMany(x => x)
            .Should().Equal(reference.ClippedByValue.SelectMany(x => x));

        // PyTorch multiplies by 5 / (‖g‖ + 10⁻⁶), we by 5 / ‖g‖.
        double norm = Math.Sqrt(reference.Gradients.SelectMany(gradient => gradient).Sum(x => x * x));
        double[][] clipped = Clip(new ClipByGlobalNorm(5), reference.Gradients);
        foreach ((double ours, double theirs)
            in clipped.SelectMany(x => x).Zip(reference.ClippedByGlobalNorm.SelectMany(x => x)))
        {
            (ours * norm / (norm + 1e-6)).Should().BeApproximately(theirs, 1e-14);
        }
    }

    [Fact]
    public void Below_the_limit_not_a_bit_changes()
    {
        double[] small = TestData.Uniform<double>(1000, 1, seed: 1, -0.06, 0.06).AsColumnMajorArray();
        foreach (IGradientClipping clipping in _all)
        {
            Clip(clipping, small)[0].Should().Equal(small);
            Clip(clipping, new double[100])[0].Should().Equal(new double[100]);
            Clip<double>(clipping, [2])[0].Should().Equal(2);
            Clip<double>(clipping).Should().BeEmpty();
            Clip<double>(clipping, [], [])[1].Should().BeEmpty();
        }
    }

    [Fact]
    public void Huge_float_gradients_have_a_norm()
    {
        float[] huge = Enumerable.Repeat(1e30f, 400).ToArray();
        Clip(new ClipByGlobalNorm(1), huge)[0].Should().OnlyContain(x => Math.Abs(x - 0.05f) < 1e-7f);
        Clip(new ClipByNorm(1), huge)[0].Should().OnlyContain(x => Math.Abs(x - 0.05f) < 1e-7f);

        // The factor 1e-3 / (20 · 3e38) is not a normal number in float, but the result is.
        float[] largest = Enumerable.Repeat(float.MaxValue, 400).ToArray();
        Clip(new ClipByGlobalNorm(1e-3), largest)[0].Should().OnlyContain(x => Math.Abs(x - 5e-5f) < 1e-11f);
    }

    [Theory]
    [InlineData(1e300, 1)]
    [InlineData(double.MaxValue, 1)]
    [InlineData(double.MaxValue, 1e-300)]
    [InlineData(double.MaxValue, double.MaxValue)]
    [InlineData(1e-170, 1e-180)]
    [InlineData(1e-300, 1e-305)]
    [InlineData(1e-323, 1e-323)]
    public void Double_gradients_whose_squares_do_not_fit_have_a_norm(double magnitude, double limit)
    {
        double[] gradient = Enumerable.Repeat(magnitude, 400).ToArray();
        double tolerance = Math.Max(1e-14 * (limit / 20), double.Epsilon);
        Clip(new ClipByGlobalNorm(limit), gradient)[0]
            .Should().OnlyContain(x => Math.Abs(x - (limit / 20)) <= tolerance);
    }

    [Fact]
    public void Every_element_counts_wherever_it_stands()
    {
        for (int length = 1; length < 150; length++)
        {
            double[] gradient = TestData.Uniform<double>(length, 1, length).AsColumnMajorArray();
            double norm = Math.Sqrt(gradient.Sum(x => x * x));
            Clip(new ClipByGlobalNorm(norm / 2), gradient)[0].Zip(gradient)
                .Should().OnlyContain(pair => Math.Abs(pair.First - (pair.Second / 2)) < 1e-14);
            float[] single = Array.ConvertAll(gradient, x => (float)x);
            Clip(new ClipByGlobalNorm(norm / 2), single)[0].Zip(gradient)
                .Should().OnlyContain(pair => Math.Abs(pair.First - (pair.Second / 2)) < 1e-7);
        }
    }

    [Fact]
    public void Clipping_allocates_nothing()
    {
        Memory<float>[] gradients = [new float[1000], new float[10]];
        foreach (IGradientClipping clipping in _all)
        {
            Allocations.WhenWarm(() =>
            {
                gradients[0].Span.Fill(1);
                gradients[1].Span.Fill(3);
                clipping.Clip(new GradientSet<float>(gradients));
            }).Should().Be(0);
        }
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new ClipByValue(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("limit must be a finite number above 0*");
        FluentActions.Invoking(() => new ClipByNorm(-1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("maxNorm must be*");
        FluentActions.Invoking(() => new ClipByGlobalNorm(double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("maxNorm must be*");
    }

    private static T[][] Clip<T>(IGradientClipping clipping, params T[][] gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Memory<T>[] copies = Array.ConvertAll(gradients, gradient => gradient.ToArray().AsMemory());
        clipping.Clip(new GradientSet<T>(copies));
        return Array.ConvertAll(copies, copy => copy.ToArray());
    }
}
