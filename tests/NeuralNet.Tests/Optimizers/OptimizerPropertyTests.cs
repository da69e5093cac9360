using System.Numerics;
using NeuralNet.Optimizers;

namespace NeuralNet.Tests.Optimizers;

/// <summary>Properties of every optimizer.</summary>
public sealed class OptimizerPropertyTests
{
    private const int Length = 61;

    public static TheoryData<string> Names => OptimizerCatalogue.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Not_a_bit_depends_on_how_a_parameter_is_cut_into_runs(string name)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            Run<float>(name, cuts: []).Should().Equal(Run<float>(name, Cuts(seed)));
            Run<double>(name, cuts: []).Should().Equal(Run<double>(name, Cuts(seed)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Not_finite_stays_with_its_element(string name)
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        float[] values = Enumerable.Repeat(1f, Length).ToArray();
        float[] gradient = Enumerable.Repeat(0.5f, Length).ToArray();
        gradient[3] = float.NaN;
        optimizer.Step<float>(
            values, gradient, new(new float[Length * optimizer.SlotCount], optimizer.SlotCount), new(1, 0.1));
        values.Where((_, i) => i != 3).Distinct().Should().ContainSingle().Which.Should().BeInRange(-10, 10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_gradients_and_decay_values_stay_to_the_bit(string name)
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        float[] values = Values<float>(seed: 1);
        float[] before = [.. values];
        float[] slots = new float[Length * optimizer.SlotCount];
        for (int step = 1; step <= 20; step++)
        {
            optimizer.Step<float>(values, new float[Length], new(slots, optimizer.SlotCount), new(step, 0.1));
        }

        values.Concat(slots).Should().OnlyContain(value => float.IsFinite(value));
        if (!name.Contains("l2", StringComparison.Ordinal) && !Decays(optimizer))
        {
            values.Should().Equal(before);
        }
        else
        {
            values.Zip(before).Should().OnlyContain(pair => Math.Abs(pair.First) < Math.Abs(pair.Second));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_learning_rate_is_that_of_the_step(string name)
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        double[] values = Values<double>(seed: 1);
        double[] before = [.. values];
        var step = new UpdateStep(1, LearningRate: 0);
        optimizer.Step<double>(
            values, Values<double>(seed: 2), new(new double[Length * optimizer.SlotCount], optimizer.SlotCount), step);
        values.Should().Equal(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_late_step_is_finite(string name)
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        float[] values = Values<float>(seed: 1);
        float[] slots = new float[Length * optimizer.SlotCount];
        optimizer.Step<float>(values, Values<float>(seed: 2), new(slots, optimizer.SlotCount), new(1, 0.01));
        optimizer.Step<float>(
            values, Values<float>(seed: 3), new(slots, optimizer.SlotCount), new(1_000_000_000_000, 0.01));
        values.Concat(slots).Should().OnlyContain(value => float.IsFinite(value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_remembered_decays_to_zero_and_is_never_subnormal(string name)
    {
        // A pixel that is black in most images: 0.9 of the smallest subnormal number would round to itself for ever,
        // and processors compute with such numbers slowly.
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        float[] values = new float[Length];
        float[] gradient = Enumerable.Repeat(1e-19f, Length).ToArray();
        float[] slots = new float[Length * optimizer.SlotCount];
        for (int step = 1; step <= 2000; step++)
        {
            optimizer.Step<float>(values, gradient, new(slots, optimizer.SlotCount), new(step, 0));
            slots.Should().NotContain(slot => float.IsSubnormal(slot));
            Array.Clear(gradient);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_allocates_nothing(string name)
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        float[] values = Values<float>(seed: 1);
        float[] gradient = Values<float>(seed: 2);
        float[] slots = new float[Length * optimizer.SlotCount];
        int step = 0;
        Allocations.WhenWarm(
            () => optimizer.Step<float>(values, gradient, new(slots, optimizer.SlotCount), new(++step, 0.01)))
            .Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Slots_and_gradients_of_another_length_are_refused(string name)
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        if (optimizer.SlotCount > 0)
        {
            optimizer.Invoking(o => o.Update<float>(
                    new float[4],
                    new float[4],
                    new(new float[5 * optimizer.SlotCount], optimizer.SlotCount),
                    new(1, 0.01)))
                .Should().Throw<ArgumentException>();
        }

        optimizer.Invoking(o => o.Update<float>(
                new float[4], new float[3], new(new float[4 * optimizer.SlotCount], optimizer.SlotCount), new(1, 0.01)))
            .Should().Throw<ArgumentException>();
    }

    private static bool Decays(IOptimizer optimizer) => optimizer.WeightDecay > 0;

    private static int[] Cuts(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 5).Select(_ => random.Next(Length + 1)).Order().ToArray();
    }

    private static T[] Values<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => TestData.Uniform<T>(Length, 1, seed).AsColumnMajorArray();

    // Values and slots after eight steps, each cut at the same places.
    private static T[] Run<T>(string name, int[] cuts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IOptimizer optimizer = OptimizerCatalogue.All[name];
        T[] values = Values<T>(seed: 1);
        T[] memory = new T[Length * optimizer.SlotCount];
        for (int step = 1; step <= 8; step++)
        {
            T[] gradient = Values<T>(seed: 1 + step);
            int start = 0;
            foreach (int end in cuts.Append(Length))
            {
                optimizer.Step(
                    values.AsSpan(start..end),
                    gradient.AsSpan(start..end),
                    new OptimizerSlots<T>(memory, optimizer.SlotCount).Slice(start, end - start),
                    new(step, optimizer.LearningRate));
                start = end;
            }
        }

        return [.. values, .. memory];
    }
}
