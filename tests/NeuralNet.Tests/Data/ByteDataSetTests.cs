using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Tests.Data;

/// <summary>Data that are kept as bytes do all that the same numbers do, to the bit.</summary>
public sealed class ByteDataSetTests
{
    private const int Samples = 60;

    private static readonly FeatureShape _shape = new(4, 5, 3);
    private static readonly byte[] _pixels = Pixels();
    private static readonly int[] _labels = [.. Enumerable.Range(0, Samples).Select(i => i * i % 3)];
    private static readonly ByteMatrix _matrix = new(_pixels, _shape.Size, Samples);

    [Fact]
    public void A_byte_is_the_number_that_it_was_before()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var matrix = new ByteMatrix(all, 1, 256);
        matrix.ToMatrix<float>().AsColumnMajorArray()
            .Should().Equal(all.Select(value => value / 255f))
            .And.Equal(all.Select(value => (float)(value * (1.0 / 255))));
        matrix.ToMatrix<double>().AsColumnMajorArray().Should().Equal(all.Select(value => value * (1.0 / 255)));
        new ByteMatrix(all, 2, 128, scale: -0.5).ToMatrix<double>()[1, 3].Should().Be(-3.5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_copies_and_choices_hold_the_same_bits(bool standardized)
    {
        (DataSet<float> bytes, DataSet<float> numbers) = Both(standardized);
        foreach (Func<DataSet<float>, DataSet<float>> part in new Func<DataSet<float>, DataSet<float>>[]
        {
            data => data,
            data => data.Take(7),
            data => data.Skip(5).Take(50).Skip(1),
            data => data.Shuffle(seed: 3).Skip(2),
            data => data.Skip(4).Select([3, 3, 0]),
            data => data.Skip(9).StratifiedSplit(0.4, seed: 1).Second,
            data => data.Split(0.25).Second,
            data => data.Folds(4, seed: 2, stratified: true).ElementAt(2).Training,
            data => data.Skip(3).WithClassWeights([1, 2, 3]).Shuffle(seed: 1),
            data => data.Skip(3).TransformTargets(new Standardization([0, 1, 2], [1, 2, 3])).Skip(1),
            data => data.Skip(3).TransformInputs(Standardization.Fit(data.Inputs)),
            data => data.Skip(3).TransformInputs(ChannelStandardization.Fit(data.Inputs, _shape)).Skip(2),
        })
        {
            DataSet<float> expected = part(numbers);
            ShouldBeEqual(part(bytes), expected);
            float[] inputs = new float[2 * _shape.Size];
            float[] targets = new float[6];
            part(bytes).CopyTo([2, 1], inputs, targets);
            inputs.Should().Equal([.. expected.Inputs.Column(2), .. expected.Inputs.Column(1)]);
            targets.Should().Equal([.. expected.Targets.Column(2), .. expected.Targets.Column(1)]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Training_with_augmentation_and_validation_gives_the_same_bits(int threads)
    {
        (DataSet<float> bytes, DataSet<float> numbers) = Both(standardized: true);
        Train(bytes, threads).Should().Equal(Train(numbers, threads: 1));
    }

    [Fact]
    public void Evaluations_of_networks_and_of_pipelines_give_the_same_figures()
    {
        (DataSet<float> bytes, DataSet<float> numbers) = Both(standardized: false);
        Network<float> network = Make();
        var evaluator = new Evaluator<float>(network, new SoftmaxCrossEntropy());
        evaluator.Evaluate(bytes, [new Accuracy()]).Should().BeEquivalentTo(
            evaluator.Evaluate(numbers, [new Accuracy()]));
        Pipeline<float> pipeline = Pipeline.Create(
            network, ChannelStandardization.Fit(bytes.Inputs, _shape), labels: new(["a", "b", "c"]));
        pipeline.Evaluate(bytes.Skip(1), [new F1Score(Averaging.Macro)])
            .Should().BeEquivalentTo(pipeline.Evaluate(numbers.Skip(1), [new F1Score(Averaging.Macro)]));
    }

    [Fact]
    public void Memory_is_a_quarter_of_that_of_floats_and_none_for_parts()
    {
        const int Size = 4000;
        const int Count = 500;
        const long Pixels = (long)Size * Count;
        var pixels = new byte[Pixels];
        int[] labels = new int[Count];
        int[] backwards = [.. Enumerable.Range(0, Count).Reverse()];
        DataSet<float> bytes = DataSet.FromLabels<float>(new ByteMatrix(pixels, Size, Count), labels, 2);
        DataSet<float> numbers = DataSet.FromLabels(new ByteMatrix(pixels, Size, Count).ToMatrix<float>(), labels, 2);

        Allocated(() => DataSet.FromLabels<float>(new ByteMatrix(pixels, Size, Count), labels, 2))
            .Should().BeLessThan(Pixels / 100);
        Allocated(() => bytes.Take(400).Skip(1)).Should().BeLessThan(1000);
        Allocated(() => numbers.Select(backwards)).Should().BeInRange(4 * Pixels, (long)(4.01 * Pixels));
        Allocated(() => bytes.Select(backwards)).Should().BeInRange(Pixels, (long)(1.01 * Pixels));
        Allocated(() => bytes.TransformInputs(new ChannelStandardization(new(1000, 4), [1, 2, 3, 4], [1, 1, 1, 1])))
            .Should().BeLessThan(Pixels / 100);
        bytes.Inputs.Values.SequenceEqual(numbers.Inputs.Values).Should().BeTrue();
    }

    [Fact]
    public void An_evaluation_converts_a_batch_at_a_time_and_a_warm_one_in_the_same_memory()
    {
        DataSet<float> data = DataSet.FromLabels<float>(
            new ByteMatrix(new byte[10 * 4000], 10, 4000), new int[4000], 2);
        var evaluator = new Evaluator<float>(
            Network.Create<float>(10, seed: 1).Dense(2).Build(), new SoftmaxCrossEntropy());
        Allocations.WhenWarm(() => evaluator.Evaluate(data)).Should().BeLessThan(4000);
    }

    [Fact]
    public void All_inputs_are_converted_once_for_a_loop_over_them()
    {
        (DataSet<float> bytes, _) = Both(standardized: false);
        ReadOnlyMatrixSpan<float> held = bytes.Inputs;
        Allocations.WhenWarm(() => bytes.Inputs.Column(3)).Should().Be(0);
        held.Values.Length.Should().Be(_pixels.Length);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        FluentActions.Invoking(() => new ByteMatrix(new byte[7], 2, 3)).Should().Throw<ArgumentException>()
            .WithMessage("2 × 3 elements take 6 bytes, but there are 7.*");
        FluentActions.Invoking(() => new ByteMatrix(new byte[6], 0, 3)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ByteMatrix(new byte[6], 2, 3, double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => DataSet.FromLabels<float>(_matrix, [0, 1], 3)).Should().Throw<ArgumentException>()
            .WithMessage("There are 60 inputs but 2 targets;*");
        FluentActions.Invoking(
            () => new DataSet<float>(new ByteMatrix(new byte[1], 1, 1, 1e37), Matrix<float>.Build.Dense(1, 1)))
            .Should().Throw<ArgumentException>()
            .WithMessage("With the scale 1E+37, 255 becomes infinite as a Single.*");
        DataSet<float> data = Both(standardized: false).Bytes.Take(3);
        data.Invoking(d => d.CopyTo([3], new float[60], new float[3])).Should().Throw<ArgumentOutOfRangeException>();
        data.Invoking(d => d.Skip(1).CopyTo([-1], new float[60], new float[3]))
            .Should().Throw<ArgumentOutOfRangeException>();
        data.Invoking(d => d.CopyTo([0], new float[59], new float[3])).Should().Throw<ArgumentException>();
        data.Invoking(d => d.TransformInputs(new ChannelStandardization(new(59, 1), [0], [1])))
            .Should().Throw<ArgumentException>().WithMessage("The transform takes 59 features*");
        data.Invoking(d => d.TransformInputs(new ChannelStandardization(_shape, [0, 0, 0], [1, 1, 1e-300])))
            .Should().Throw<ArgumentException>().WithMessage("The transformed values hold*");
    }

    private static byte[] Pixels()
    {
        byte[] pixels = new byte[_shape.Size * Samples];
        new Random(1).NextBytes(pixels);
        return pixels;
    }

    private static (DataSet<float> Bytes, DataSet<float> Numbers) Both(bool standardized)
    {
        DataSet<float> bytes = DataSet.FromLabels<float>(_matrix, _labels, 3);
        DataSet<float> numbers = DataSet.FromLabels(_matrix.ToMatrix<float>(), _labels, 3);
        var scaling = new ChannelStandardization(_shape, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
        return standardized ? (bytes.TransformInputs(scaling), numbers.TransformInputs(scaling)) : (bytes, numbers);
    }

    private static Network<float> Make() =>
        Network.Create<float>(_shape, seed: 1).Convolution(4, 3, activation: new ReLU()).GlobalAveragePooling().Dense(3)
            .Build();

    private static float[] Train(DataSet<float> data, int threads)
    {
        var trainer = new Trainer<float>(
            Make(), new SoftmaxCrossEntropy(), new Adam(), seed: 1, threads: threads);
        trainer.Fit(
            data,
            new()
            {
                Epochs = 3,
                BatchSize = 16,
                ValidationSplit = 0.2,
                ClassWeights = [1, 2, 3],
                Augmentation = new AugmentationSequence(
                    new RandomFlip(_shape), new RandomCrop(_shape, padding: 1),
                    new ImageAugmentation(_shape) { MaxRotation = 10 }, new Cutout(_shape, size: 2), new Mixup(0.2)),
            });
        return [.. trainer.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
    }

    private static void ShouldBeEqual(DataSet<float> actual, DataSet<float> expected)
    {
        actual.Count.Should().Be(expected.Count);
        actual.Inputs.Values.SequenceEqual(expected.Inputs.Values).Should().BeTrue();
        actual.Targets.Values.SequenceEqual(expected.Targets.Values).Should().BeTrue();
        actual.Weights.SequenceEqual(expected.Weights).Should().BeTrue();
    }

    private static long Allocated(Func<DataSet<float>> make)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(make());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
