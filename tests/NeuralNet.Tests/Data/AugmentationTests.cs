using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Data;

/// <summary>Flips, crops, colours, cutout and mixup: their values, their frequencies and their seeds.</summary>
public sealed class AugmentationTests
{
    // Two rows of three pixels with two channels: hundreds count rows, tens columns, ones channels.
    private static readonly FeatureShape _small = new(2, 3, 2);
    private static readonly double[] _image = [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121];

    private static readonly FeatureShape _shape = new(8, 6, 3);

    public static TheoryData<string> Names { get; } = new(All().Keys);

    [Fact]
    public void Flips_mirror_pixels_with_their_channels()
    {
        Apply(new RandomFlip(_small) { Horizontal = 1 }, _image)
            .Should().Equal(20, 21, 10, 11, 0, 1, 120, 121, 110, 111, 100, 101);
        Apply(new RandomFlip(_small) { Horizontal = 0, Vertical = 1 }, _image)
            .Should().Equal(100, 101, 110, 111, 120, 121, 0, 1, 10, 11, 20, 21);
        Apply(new RandomFlip(_small) { Horizontal = 1, Vertical = 1 }, _image)
            .Should().Equal(120, 121, 110, 111, 100, 101, 20, 21, 10, 11, 0, 1);
    }

    [Fact]
    public void Flips_are_as_frequent_as_said_and_independent()
    {
        double[] images = Repeat(_image, 4000);
        Apply(new RandomFlip(_small) { Horizontal = 0.25, Vertical = 0.5 }, images, 12);
        double[] corners = [.. Enumerable.Range(0, 4000).Select(i => images[12 * i])];
        corners.Count(c => c == 20).Should().BeCloseTo(500, 70);
        corners.Count(c => c == 120).Should().BeCloseTo(500, 70);
        corners.Count(c => c == 100).Should().BeCloseTo(1500, 110);
        corners.Count(c => c == 0).Should().BeCloseTo(1500, 110);
    }

    [Fact]
    public void A_crop_shifts_by_whole_pixels_all_equally_likely()
    {
        const int Count = 2500;
        double[] images = Repeat(_image, Count);
        Apply(new RandomCrop(_small, padding: 2) { Background = -7 }, images, 12);
        var found = new Dictionary<(int, int), int>();
        for (int i = 0; i < Count; i++)
        {
            double[] one = images[(12 * i)..(12 * (i + 1))];
            (int, int) shift = Shifts().First(s => Shifted(s.Down, s.Right).SequenceEqual(one));
            found[shift] = found.GetValueOrDefault(shift) + 1;
        }

        // Down by two or up by two, nothing is left of two rows: those shifts look alike.
        found[(0, 0)].Should().BeCloseTo(100, 40);
        found[(1, -1)].Should().BeCloseTo(100, 40);
        found[(-1, 2)].Should().BeCloseTo(100, 40);
        found.Values.Sum().Should().Be(Count);

        static IEnumerable<(int Down, int Right)> Shifts() =>
            Enumerable.Range(-2, 5).SelectMany(down => Enumerable.Range(-2, 5).Select(right => (down, right)));
    }

    [Fact]
    public void A_cutout_is_a_square_that_the_edge_may_cut()
    {
        var shape = new FeatureShape(7, 9, 2);
        const int Count = 3000;
        double[] images = [.. Enumerable.Repeat(1.0, shape.Size * Count)];
        Apply(new Cutout(shape, size: 3) { Background = 0.5 }, images, shape.Size);
        int[,] covered = new int[7, 9];
        for (int i = 0; i < Count; i++)
        {
            double[] one = images[(i * shape.Size)..((i + 1) * shape.Size)];
            (int Row, int Column)[] pixels =
            [
                .. Enumerable.Range(0, 63).Where(p => one[2 * p] == 0.5).Select(p => (p / 9, p % 9)),
            ];
            Enumerable.Range(0, 63).Should().OnlyContain(p => one[2 * p] == one[(2 * p) + 1]);
            int rows = pixels.Max(p => p.Row) - pixels.Min(p => p.Row) + 1;
            int columns = pixels.Max(p => p.Column) - pixels.Min(p => p.Column) + 1;
            pixels.Should().HaveCount(rows * columns);
            rows.Should().BeInRange(2, 3);
            columns.Should().BeInRange(2, 3);
            Array.ForEach(pixels, p => covered[p.Row, p.Column]++);
        }

        covered[3, 4].Should().BeCloseTo(Count * 9 / 63, 90);
        covered[0, 0].Should().BeCloseTo(Count * 4 / 63, 70);
        covered[6, 8].Should().BeCloseTo(Count * 4 / 63, 70);
    }

    [Fact]
    public void Brightness_contrast_and_saturation_are_blends_with_black_mean_grey_and_grey()
    {
        var shape = new FeatureShape(1, 2, 3);
        double[] image = [0.2, 0.4, 0.6, 0.5, 0.3, 0.1];
        double grey = (0.299 * 0.2) + (0.587 * 0.4) + (0.114 * 0.6);
        double other = (0.299 * 0.5) + (0.587 * 0.3) + (0.114 * 0.1);
        RandomStream stream = RandomStream.FromSeed(4).Derive(0);

        double f = 1 + (0.5 * ((2 * stream.Uniform(0)) - 1));
        Apply(new ColorJitter(shape) { Brightness = 0.5 }, image, seed: 4)
            .Should().Equal(image.Select(x => f * x), Close);

        f = 1 + (0.5 * ((2 * stream.Uniform(1)) - 1));
        Apply(new ColorJitter(shape) { Contrast = 0.5 }, image, seed: 4)
            .Should().Equal(image.Select(x => (f * x) + ((1 - f) * (grey + other) / 2)), Close);

        f = 1 + (0.5 * ((2 * stream.Uniform(2)) - 1));
        Apply(new ColorJitter(shape) { Saturation = 0.5 }, image, seed: 4)
            .Should().Equal(image.Select((x, i) => (f * x) + ((1 - f) * (i < 3 ? grey : other))), Close);
    }

    [Fact]
    public void Colors_stay_within_their_range_and_grey_has_no_saturation()
    {
        double[] images = TestData.Uniform<double>(_shape.Size, 50, seed: 1, 0, 1).ToColumnMajorArray();
        double[] varied = [.. images];
        Apply(
            new ColorJitter(_shape) { Brightness = 0.9, Contrast = 0.9, Saturation = 0.9 }, varied, _shape.Size);
        varied.Should().OnlyContain(value => value >= 0 && value <= 1).And.Contain(1);

        double[] grey = [.. images[..48]];
        Apply(new ColorJitter(new(8, 6, 1)) { Saturation = 0.9 }, grey).Should().Equal(grey);
        Apply(new ColorJitter(new(8, 6, 1)) { Contrast = 0.9 }, grey).Should().NotEqual(grey);
    }

    [Fact]
    public void Standardized_images_vary_in_their_colors_as_the_pixels_do()
    {
        var scaling = new ChannelStandardization(_shape, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
        var pixels = TestData.Uniform<double>(_shape.Size, 1, seed: 1, 0, 1);
        double[] expected = Apply(
            new ColorJitter(_shape) { Brightness = 0.5, Saturation = 0.2 }, pixels.ToColumnMajorArray());
        double[] actual = Apply(
            new ColorJitter(_shape) { Brightness = 0.5, Saturation = 0.2, Scaling = scaling },
            scaling.Transform(pixels).ToColumnMajorArray());
        scaling.Invert(Vector<double>.Build.Dense(actual)).Should().Equal(expected, Close);
    }

    [Fact]
    public void Mixup_mixes_inputs_and_targets_in_one_proportion()
    {
        const int Count = 500;

        // Sample j is all j + 1, and its target is one-hot in row j.
        double[] inputs = [.. Enumerable.Range(0, Count).SelectMany(j => Enumerable.Repeat(j + 1.0, 3))];
        double[] targets = new double[Count * Count];
        for (int j = 0; j < Count; j++)
        {
            targets[(j * Count) + j] = 1;
        }

        new Mixup(0.4).Apply(
            new MatrixSpan<double>(inputs, 3, Count), new(targets, Count, Count), RandomStream.FromSeed(3));
        int mixed = 0;
        for (int j = 0; j < Count; j++)
        {
            double[] target = targets[(j * Count)..((j + 1) * Count)];
            int[] partners = [.. Enumerable.Range(0, Count).Where(k => target[k] != 0)];
            partners.Length.Should().BeInRange(1, 2);
            target.Sum().Should().BeApproximately(1, 1e-12);
            double expected = partners.Sum(k => target[k] * (k + 1));
            inputs[(3 * j)..((3 * j) + 3)].Should().OnlyContain(value => Close(value, expected));
            mixed += partners.Length - 1;
        }

        mixed.Should().BeGreaterThan(400);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void Shares_of_a_mixture_have_a_beta_distribution(double alpha)
    {
        // Half of the samples are 1, the others 0: a one mixed with a zero shows λ, and with a one it stays 1.
        const int Count = 20_000;
        double[] samples = new double[Count];
        samples.AsSpan(0, Count / 2).Fill(1);
        new Mixup(alpha).Apply(new MatrixSpan<double>(samples, 1, Count), default, RandomStream.FromSeed(1));
        double[] shares = samples[..(Count / 2)];
        shares.Should().OnlyContain(share => share >= 0 && share <= 1);

        // E λ = ½ and E λ² = (α + 1) / (2 (2 α + 1)).
        shares.Average().Should().BeApproximately(0.75, 0.01);
        shares.Average(share => share * share)
            .Should().BeApproximately(0.5 + ((alpha + 1) / (4 * ((2 * alpha) + 1))), 0.01);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_streams_give_equal_variations_and_each_sample_has_its_own(string name)
    {
        IAugmentation augmentation = All()[name];
        float[] images = TestData.Uniform<float>(_shape.Size, 1, seed: 1, 0, 1).ToColumnMajorArray();
        images = [.. Enumerable.Repeat(images, 6).SelectMany(image => image)];
        float[] first = Vary(1);
        Vary(1).Should().Equal(first);
        Vary(2).Should().NotEqual(first);
        if (augmentation is not Mixup)
        {
            float[][] varied = [.. first.Chunk(_shape.Size)];
            varied.Should().Contain(image => !image.SequenceEqual(varied[0]));
        }

        float[] Vary(int seed)
        {
            float[] varied = [.. images];
            if (augmentation is Mixup)
            {
                varied = [.. varied.Select((value, i) => value * (1 + (i / _shape.Size)))];
            }

            augmentation.Apply(new MatrixSpan<float>(varied, _shape.Size, 6), default, RandomStream.FromSeed(seed));
            return varied;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_warm_one_allocates_nothing(string name)
    {
        IAugmentation augmentation = All()[name];
        float[] images = TestData.Uniform<float>(_shape.Size, 8, seed: 1, 0, 1).ToColumnMajorArray();
        int seed = 0;
        Allocations.WhenWarm(
            () => augmentation.Apply(
                new MatrixSpan<float>(images, _shape.Size, 8), default, RandomStream.FromSeed(seed++)))
            .Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Images_of_another_size_are_refused(string name)
    {
        if (All()[name] is not Mixup)
        {
            FluentActions.Invoking(
                () => All()[name].Apply(new MatrixSpan<float>(new float[145], 145, 1), default, default))
                .Should().Throw<ArgumentException>()
                .WithMessage("Images of 8 × 6 × 3 have 144 numbers, but the inputs have 145 features.*");
        }
    }

    [Fact]
    public void A_sequence_gives_each_step_numbers_of_its_own()
    {
        var flip = new RandomFlip(_small);
        double[] images = Repeat(_image, 200);
        Apply(new AugmentationSequence(flip, flip), images, 12);
        images.Chunk(12).Count(image => image[0] == 20).Should().BeCloseTo(100, 30);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new RandomFlip(new(3, 4))).Should().Throw<ArgumentException>()
            .WithMessage("An image has height, width and channels,*but its shape is 3 × 4.*");
        FluentActions.Invoking(() => new RandomFlip(_small) { Vertical = 1.1 })
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new RandomCrop(_small, 3)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new RandomCrop(_small, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Cutout(_small, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Mixup(2.1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Mixup(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(
            () => new Mixup(1).Apply(new MatrixSpan<float>(new float[4], 2, 2), new(new float[3], 1, 3), default))
            .Should().Throw<ArgumentException>().WithMessage("There are 2 inputs but 3 targets.*");
        FluentActions.Invoking(() => new ColorJitter(_small)).Should().Throw<ArgumentException>()
            .WithMessage("Colors are of 1 channel or of 3, but the images of 2 × 3 × 2 have 2.*");
        FluentActions.Invoking(
            () => new ColorJitter(new(1, 1, 1)) { Scaling = new(new(1, 2, 1), [0], [1]) })
            .Should().Throw<ArgumentException>().WithMessage("The standardization is for images of 1 × 2 × 1*");
        FluentActions.Invoking(() => new AugmentationSequence()).Should().Throw<ArgumentException>();
    }

    private static Dictionary<string, IAugmentation> All() => new()
    {
        ["flip"] = new RandomFlip(_shape),
        ["crop"] = new RandomCrop(_shape, padding: 2),
        ["warp"] = new ImageAugmentation(_shape) { MaxShift = 1, MaxRotation = 20, MaxScaling = 0.2 },
        ["colors"] = new ColorJitter(_shape) { Brightness = 0.3, Contrast = 0.3, Saturation = 0.3 },
        ["cutout"] = new Cutout(_shape, size: 3),
        ["mixup"] = new Mixup(0.5),
        ["sequence"] = new AugmentationSequence(new RandomFlip(_shape), new RandomCrop(_shape, padding: 1)),
    };

    private static double[] Shifted(int down, int right) =>
    [
        .. Enumerable.Range(0, 12).Select(i =>
        {
            (int row, int column) = ((i / 6) + down, (i / 2 % 3) + right);
            return row is >= 0 and < 2 && column is >= 0 and < 3 ? (100 * row) + (10 * column) + (i % 2) : -7.0;
        }),
    ];

    private static double[] Repeat(double[] image, int count) =>
        [.. Enumerable.Repeat(image, count).SelectMany(values => values)];

    private static double[] Apply(IAugmentation augmentation, double[] image, int? seed = null)
    {
        double[] varied = [.. image];
        Apply(augmentation, varied, image.Length, seed ?? 1);
        return varied;
    }

    private static void Apply(IAugmentation augmentation, double[] images, int size, int seed = 1) =>
        augmentation.Apply(
            new MatrixSpan<double>(images, size, images.Length / size), default, RandomStream.FromSeed(seed));

    private static bool Close(double one, double other) => Math.Abs(one - other) < 1e-12;
}
