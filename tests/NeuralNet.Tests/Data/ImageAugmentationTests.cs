using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Data;

public sealed class ImageAugmentationTests
{
    // Three columns, two rows.
    private static readonly double[] _image = [1, 2, 3, 4, 5, 6];

    [Theory]
    [InlineData(0, 0, new double[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(1, 0, new double[] { 9, 1, 2, 9, 4, 5 })]
    [InlineData(0, -1, new double[] { 4, 5, 6, 9, 9, 9 })]
    [InlineData(0.25, 0, new double[] { 3, 1.75, 2.75, 5.25, 4.75, 5.75 })]
    [InlineData(-0.5, 0.5, new double[] { 5.25, 5.75, 7.5, 3, 4, 6.75 })]
    [InlineData(100, -100, new double[] { 9, 9, 9, 9, 9, 9 })]
    public void Shifts_are_interpolated_and_show_the_background(double x, double y, double[] expected) =>
        Warp(_image, 3, 2, AffineMap.Around(3, 2, x, y, 0, 1))
            .Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-14);

    [Fact]
    public void A_right_angle_turns_the_x_axis_to_the_y_axis()
    {
        double[] square = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Warp(square, 3, 3, AffineMap.Around(3, 3, 0, 0, 90, 1))
            .Should().Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], (a, b) => Math.Abs(a - b) < 1e-13);
        Warp(square, 3, 3, AffineMap.Around(3, 3, 0, 0, -180, 1))
            .Should().Equal([9, 8, 7, 6, 5, 4, 3, 2, 1], (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void A_factor_of_two_magnifies_about_the_centre() =>
        Warp([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3, AffineMap.Around(3, 3, 0, 0, 0, 2))
            .Should().Equal([3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7], (a, b) => Math.Abs(a - b) < 1e-14);

    [Fact]
    public void Displacements_move_each_pixel_on_its_own()
    {
        double[] padded = Padded(_image, 3, 2);
        double[] result = new double[6];
        ImageWarp.Apply<double>(
            padded, result, 3, 2, 1, AffineMap.Around(3, 2, 0, 0, 0, 1), [0, 1, -0.5, 0, 0, 0], [0, 0, 0, -1, 0.5, 0]);
        result.Should().Equal(1, 3, 2.5, 1, 7, 6);
    }

    [Fact]
    public void Smoothing_is_a_convolution_with_a_Gaussian()
    {
        const int Size = 7;
        double[] field = TestData.Uniform<double>(Size, Size, seed: 1).ToColumnMajorArray();
        double[] weights = [0.5, 0.2, 0.05];
        double[] result = new double[field.Length];
        ImageWarp.Smooth<double>(field, weights, Size, result);
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                double expected = 0;
                for (int k = Math.Max(0, y - 2); k <= Math.Min(Size - 1, y + 2); k++)
                {
                    expected += weights[Math.Abs(k - y)] * field[(k * Size) + x];
                }

                result[(y * Size) + x].Should().BeApproximately(expected, 1e-15);
            }
        }
    }

    [Fact]
    public void Nothing_asked_for_changes_nothing()
    {
        float[] values = TestData.Uniform<float>(12, 5, seed: 1).ToColumnMajorArray();
        float[] batch = [.. values];
        new ImageAugmentation(4, 3).Apply(new MatrixSpan<float>(batch, 12, 5), default, RandomStream.FromSeed(1));
        batch.Should().Equal(values);
    }

    [Fact]
    public void The_stream_decides_and_each_sample_varies_on_its_own()
    {
        ImageAugmentation augmentation = Everything();
        float[] image = TestData.Uniform<float>(28 * 28, 1, seed: 1).ToColumnMajorArray();
        float[] first = Apply(augmentation, [.. image, .. image], RandomStream.FromSeed(1));
        Apply(augmentation, [.. image, .. image], RandomStream.FromSeed(1)).Should().Equal(first);
        Apply(augmentation, [.. image, .. image], RandomStream.FromSeed(2)).Should().NotEqual(first);
        first[..image.Length].Should().NotEqual(first[image.Length..]);
        Apply(augmentation, image, RandomStream.FromSeed(1)).Should().Equal(first[..image.Length]);
    }

    [Fact]
    public void Shifts_stay_within_their_bound_and_reach_it_nearly()
    {
        const int Width = 41;
        var augmentation = new ImageAugmentation(Width, 1) { MaxShift = 5 };
        double[] batch = new double[Width * 2000];
        for (int j = 0; j < 2000; j++)
        {
            batch[(j * Width) + 20] = 1;
        }

        // Only the row itself is seen where it is shifted up or down as well: the point's centre of mass tells its
        // shift in x.
        augmentation.Apply(new MatrixSpan<double>(batch, Width, 2000), default, RandomStream.FromSeed(3));
        double[] shifts = Enumerable.Range(0, 2000).Select(j => batch[(j * Width)..((j + 1) * Width)])
            .Where(row => row.Sum() > 1e-3)
            .Select(row => row.Select((value, x) => value * (x - 20)).Sum() / row.Sum()).ToArray();
        shifts.Should().HaveCountGreaterThan(200);
        shifts.Max().Should().BeInRange(4.5, 5 + 1e-9);
        shifts.Min().Should().BeInRange(-5 - 1e-9, -4.5);
        shifts.Average().Should().BeApproximately(0, 0.6);
    }

    [Fact]
    public void Displacements_are_as_large_as_Simard_and_others_make_them()
    {
        // A ramp shows each pixel's displacement in x. That of a uniform number is 1/√3; smoothing in two dimensions
        // with weights that sum to 1 divides it by about 2 √π σ.
        const int Size = 64;
        double[] ramp = [.. Enumerable.Range(0, Size * Size).Select(i => (double)(i % Size))];
        double[] moved = [.. ramp];
        new ImageAugmentation(Size, Size) { ElasticStrength = 34 }.Apply(
            new MatrixSpan<double>(moved, Size * Size, 1), default, RandomStream.FromSeed(5));
        double[] inner = Enumerable.Range(0, Size * Size)
            .Where(i => i % Size is > 14 and < 50 && i / Size is > 14 and < 50)
            .Select(i => moved[i] - ramp[i]).ToArray();
        double deviation = Math.Sqrt(inner.Average(d => d * d));
        double expected = 34 / Math.Sqrt(3) / (2 * Math.Sqrt(Math.PI) * 4);
        deviation.Should().BeInRange(expected / 2, expected * 2);

        // Neighbours move together.
        Enumerable.Range(1, inner.Length - 1).Average(i => Math.Pow(inner[i] - inner[i - 1], 2))
            .Should().BeLessThan(deviation * deviation / 4);
    }

    [Fact]
    public void Interpolation_stays_within_the_images_values()
    {
        float[] batch = TestData.Uniform<float>(28 * 28, 200, seed: 1, 0, 1).ToColumnMajorArray();
        Everything().Apply(new MatrixSpan<float>(batch, 28 * 28, 200), default, RandomStream.FromSeed(1));
        batch.Should().OnlyContain(value => value >= 0 && value <= 1.000001f);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(5, 2)]
    public void Small_images_and_extreme_settings_are_no_trouble(int width, int height)
    {
        var augmentation = new ImageAugmentation(width, height)
        {
            MaxShift = 1e6,
            MaxRotation = 1e300,
            MaxScaling = 0.999,
            ElasticStrength = 1e6,
            ElasticSmoothness = 100,
            Background = 0.5,
        };
        float[] batch = new float[width * height * 50];
        augmentation.Apply(new MatrixSpan<float>(batch, width * height, 50), default, RandomStream.FromSeed(1));
        batch.Should().OnlyContain(value => value >= 0 && value <= 0.5f);
    }

    [Fact]
    public void A_warm_augmentation_allocates_nothing()
    {
        ImageAugmentation augmentation = Everything();
        float[] batch = new float[28 * 28 * 8];
        int seed = 0;
        Allocations.WhenWarm(
            () => augmentation.Apply(new MatrixSpan<float>(batch, 28 * 28, 8), default, RandomStream.FromSeed(seed++)))
            .Should().Be(0);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new ImageAugmentation(0, 3)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ImageAugmentation(3, 3) { MaxShift = -1 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("MaxShift must be*");
        FluentActions.Invoking(() => new ImageAugmentation(3, 3) { MaxScaling = 1 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("MaxScaling must be*");
        FluentActions.Invoking(() => new ImageAugmentation(3, 3) { MaxRotation = double.NaN })
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ImageAugmentation(3, 3) { ElasticSmoothness = 0 })
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ImageAugmentation(3, 3) { ElasticStrength = double.PositiveInfinity })
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(
            () => new ImageAugmentation(3, 3).Apply(new MatrixSpan<float>(new float[8], 8, 1), default, default))
            .Should().Throw<ArgumentException>()
            .WithMessage("Images of 3 × 3 × 1 have 9 numbers, but the inputs have 8 features.*");
    }

    private static ImageAugmentation Everything() =>
        new(28, 28) { MaxShift = 2, MaxRotation = 15, MaxScaling = 0.15, ElasticStrength = 34 };

    private static float[] Apply(ImageAugmentation augmentation, float[] images, RandomStream random)
    {
        float[] batch = [.. images];
        augmentation.Apply(new MatrixSpan<float>(batch, 28 * 28, images.Length / (28 * 28)), default, random);
        return batch;
    }

    private static double[] Padded(double[] image, int width, int height)
    {
        double[] padded = new double[ImageWarp.PaddedLength(width, height, channels: 1)];
        Array.Fill(padded, 9);
        ImageWarp.Pad(image, width, height, channels: 1, padded);
        return padded;
    }

    private static double[] Warp(double[] image, int width, int height, AffineMap map)
    {
        double[] result = new double[image.Length];
        ImageWarp.Apply<double>(Padded(image, width, height), result, width, height, 1, map, default, default);
        return result;
    }
}
