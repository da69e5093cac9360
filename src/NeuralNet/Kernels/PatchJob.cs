using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>Computes the results of a <see cref="PatchPass"/> for a batch.</summary>
/// <remarks>
/// Threads share blocks of samples and, where there are few, the patches of a block. Each result is one product with
/// one patch, so neither changes a bit.
/// </remarks>
internal readonly unsafe struct PatchJob<TSimd, TVector, T> : IParallelJob
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // So that a thread that comes late leaves work to the others.
    private const int SharesPerThread = 2;

    private readonly PatchPass _pass;
    private readonly T* _weights;
    private readonly T* _weightsEnd;
    private readonly T* _biases;
    private readonly T* _source;
    private readonly T* _results;
    private readonly int _samples;
    private readonly int _blocks;
    private readonly int _sharesPerBlock;

    private PatchJob(
        PatchPass pass,
        T* weights,
        T* weightsEnd,
        T* biases,
        T* source,
        T* results,
        int samples,
        ForkJoin team)
    {
        _pass = pass;
        _weights = weights;
        _weightsEnd = weightsEnd;
        _biases = biases;
        _source = source;
        _results = results;
        _samples = samples;
        _blocks = ((samples - 1) / pass.SamplesPerBlock) + 1;

        long products = (weightsEnd - weights) * ((long)samples * pass.ResultSize / (pass.Groups * pass.GroupResults));
        long shares = team.Threads == 1
            ? 1
            : Math.Min((long)team.Threads * SharesPerThread, team.MostPartsFor(products));
        _sharesPerBlock = (int)Math.Max(1, shares / _blocks);
    }

    /// <summary>Computes the results.</summary>
    public static void Run(
        PatchPass pass,
        T* weights,
        T* weightsEnd,
        T* biases,
        T* source,
        T* results,
        int samples,
        ForkJoin team)
    {
        var job = new PatchJob<TSimd, TVector, T>(pass, weights, weightsEnd, biases, source, results, samples, team);
        team.Run(job, job._blocks * job._sharesPerBlock);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        (int block, int share) = Math.DivRem(part, _sharesPerBlock);
        int first = block * _pass.SamplesPerBlock;
        int count = Math.Min(_pass.SamplesPerBlock, _samples - first);
        using var images = new PaddedBlock<T>(_pass.Source, count);
        T* source = images.Fill(_source + (first * _pass.Source.ImageSize), count);
        T* results = _results + ((long)first * _pass.ResultSize);
        foreach (PatchPhase phase in _pass.Phases)
        {
            // Only the tables of whole blocks are long enough for as many shares as there may be.
            int places = phase.Places.Length / _pass.SamplesPerBlock * count;
            var shares = new Partition(places, _sharesPerBlock);
            if (shares.Size(share) > 0)
            {
                Multiply(phase, shares.Start(share), shares.Size(share), source, results);
            }
        }
    }

    private void Multiply(PatchPhase phase, int first, int count, T* source, T* results)
    {
        fixed (int* places = phase.Places, elements = phase.Elements, targets = phase.Results)
        {
            for (int group = 0; group < _pass.Groups; group++)
            {
                T* weights = _weights + ((nint)group * _pass.WeightGroupStep) + phase.FirstWeight;
                var left = new Factor<T>(
                    weights, _pass.GroupResults, phase.Elements.Length, lineStep: 1, _pass.WeightStep);
                var right = new OffsetFactor<T>(
                    source + (group * _pass.GroupChannels), places + first, count, elements);
                OffsetProduct<TSimd, TVector, T>.Multiply(
                    left,
                    _weightsEnd,
                    right,
                    results + (group * _pass.GroupResults),
                    targets + first,
                    _biases == null ? null : _biases + (group * _pass.GroupResults),
                    accumulate: false);
            }
        }
    }
}
