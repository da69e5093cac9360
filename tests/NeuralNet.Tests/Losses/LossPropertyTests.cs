using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Losses;

/// <summary>
/// Properties of every loss and every batch, with random shapes and seeds that are the same in every run.
/// </summary>
public sealed class LossPropertyTests
{
    // Around the length of the pieces that large samples are taken in, besides small sizes.
    private static readonly int[] _largeSizes = [255, 256, 257, 512, 600];

    private static readonly Arbitrary<Batch> _batches =
        (from outputs in Gen.Frequency((9, Gen.Choose(1, 40)), (1, Gen.Elements(_largeSizes)))
         from samples in Gen.Choose(1, 12)
         from seed in Gen.Choose(0, int.MaxValue)
         select new Batch(outputs, samples, seed)).ToArbitrary();

    public static TheoryData<string> Names => LossCatalogue.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Permuting_the_samples_permutes_losses_and_gradients_and_changes_nothing_else(string name)
    {
        Check(batch => Holds<double>(batch) && Holds<float>(batch));

        bool Holds<T>(Batch batch)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (T[] o, T[] t) = Draw<T>(name, batch);
            int[] order = new int[batch.Samples];
            Permutation.Draw(order, RandomStream.FromSeed(batch.Seed).Derive(1));
            LossResult<T> straight = Compute(name, batch.Outputs, o, t);
            LossResult<T> permuted = Compute(name, batch.Outputs, Permute(o, order), Permute(t, order));
            return SameBits(permuted.Losses, Permute(straight.Losses, order))
                && SameBits(permuted.Gradient, Permute(straight.Gradient, order));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_has_in_a_batch_what_it_has_alone_to_the_bit(string name)
    {
        Check(batch => Holds<double>(batch) && Holds<float>(batch));

        bool Holds<T>(Batch batch)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (T[] o, T[] t) = Draw<T>(name, batch);
            LossResult<T> together = Compute(name, batch.Outputs, o, t);
            return Enumerable.Range(0, batch.Samples).All(j =>
            {
                int rows = o.Length / batch.Samples;
                Range column = (j * rows)..((j + 1) * rows);
                LossResult<T> alone = Compute(name, batch.Outputs, o[column], t[column]);
                return SameBits(alone.Losses, [together.Losses[j]])
                    && SameBits(alone.Gradient, together.Gradient[column]);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_that_cannot_be_negative_is_not(string name)
    {
        if (!LossCatalogue.Get(name, 1).IsNonNegative)
        {
            return;
        }

        Check(batch =>
        {
            // The divergence and the cosine are differences of numbers about 1 large, and may differ from 0 by their
            // rounding.
            (double[] o, double[] t) = Draw<double>(name, batch);
            return Compute(name, batch.Outputs, o, t).Losses.All(loss => loss >= -1e-15);
        });
    }

    private static void Check(Func<Batch, bool> property) =>
        Prop.ForAll(_batches, property).Check(Config.QuickThrowOnFailure.WithReplay(20260401, 1));

    private static (T[] Outputs, T[] Targets) Draw<T>(string name, Batch batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (outputs, targets) = LossCatalogue.Get(name, batch.Outputs).Draw(batch.Samples, batch.Seed);
        return (
            Array.ConvertAll(outputs.AsColumnMajorArray(), T.CreateChecked),
            Array.ConvertAll(targets.AsColumnMajorArray(), T.CreateChecked));
    }

    private static LossResult<T> Compute<T>(string name, int outputs, T[] o, T[] t)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        LossCatalogue.Get(name, outputs) is { } entry ? LossResult<T>.Of(entry.Loss, entry.Outputs, o, t) : null!;

    private static T[] Permute<T>(T[] values, int[] order)
    {
        int size = values.Length / order.Length;
        return [.. order.SelectMany(j => values[(j * size)..((j + 1) * size)])];
    }

    private static bool SameBits<T>(T[] x, T[] y)
        where T : unmanaged =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(x).SequenceEqual(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(y));

    private sealed record Batch(int Outputs, int Samples, int Seed);
}
