using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// Computes the gradients of a convolution's weights, Σ δ·patchᵀ, and of its biases, Σ δ, in one pass over δ.
/// </summary>
/// <remarks>
/// <para>
/// The first is the product of the forward pass with the tables swapped: the patch elements are its columns, and it
/// sums over the patches, block of samples after block of samples.
/// </para>
/// <para>
/// The blocks are divided into runs, whose number depends on the sizes alone. What each run sums up is then added in
/// the order of the runs, so threads that share them change no bit. Where the runs are too few for the threads, these
/// share the columns of each run, or the filters if there are more vectors of them.
/// </para>
/// </remarks>
internal readonly unsafe struct PatchGradientJob<TSimd, TVector, T> : IParallelJob
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostRuns = 8;

    // To add the sums of a run to others takes a percent or so of the time of as many products for each of them.
    private const int PatchesPerRun = 4096;

    // What the runs sum up for themselves takes no more memory than so many numbers.
    private const long MostSums = 1 << 24;

    private readonly ConvolutionGeometry _geometry;
    private readonly PatchGradientOperands<T> _operands;
    private readonly T* _otherRuns;
    private readonly Partition _runs;
    private readonly Partition _columns;
    private readonly Partition _vectors;

    private PatchGradientJob(
        ConvolutionGeometry geometry, PatchGradientOperands<T> operands, Partition runs, T* otherRuns, ForkJoin team)
    {
        _geometry = geometry;
        _operands = operands;
        _runs = runs;
        _otherRuns = otherRuns;

        long products = operands.DeltaLength * geometry.PatchLength / runs.Parts;
        int shares = runs.Parts % team.Threads == 0
            ? 1
            : (int)Math.Min(team.Threads, team.MostPartsFor(products));
        int vectors = ((geometry.GroupFilters - 1) / TSimd.Count) + 1;
        bool sharesVectors = vectors >= shares && vectors > geometry.PatchLength;
        _columns = new(geometry.PatchLength, sharesVectors ? 1 : Math.Min(shares, geometry.PatchLength));
        _vectors = new(vectors, sharesVectors ? shares : 1);
    }

    private int SharesPerRun => _columns.Parts * _vectors.Parts;

    /// <summary>Computes the gradients.</summary>
    public static void Run(ConvolutionGeometry geometry, PatchGradientOperands<T> operands, ForkJoin team)
    {
        Partition runs = Runs(geometry, operands.Samples);
        T[] rented = ArrayPool<T>.Shared.Rent((runs.Parts - 1) * (geometry.WeightCount + geometry.Filters));
        fixed (T* otherRuns = rented)
        {
            var job = new PatchGradientJob<TSimd, TVector, T>(geometry, operands, runs, otherRuns, team);
            team.Run(job, runs.Parts * job.SharesPerRun);
            for (int run = 1; run < runs.Parts; run++)
            {
                Add(job.WeightSums(run), operands.WeightGradient, geometry.WeightCount);
                if (operands.BiasGradient != null)
                {
                    Add(job.BiasSums(run), operands.BiasGradient, geometry.Filters);
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        (int run, int share) = Math.DivRem(part, SharesPerRun);
        (int columnPart, int vectorPart) = _columns.Parts > 1 ? (share, 0) : (0, share);
        int row = _vectors.Start(vectorPart) * TSimd.Count;
        int rows = Math.Min(_vectors.Size(vectorPart) * TSimd.Count, _geometry.GroupFilters - row);
        int block = _geometry.SamplesPerBlock;
        int start = _runs.Start(run) * block;
        int end = Math.Min(_runs.Start(run + 1) * block, _operands.Samples);
        using var images = new PaddedBlock<T>(_geometry.Input, Math.Min(block, end - start));
        for (int first = start; first < end; first += block)
        {
            int count = Math.Min(block, end - first);
            T* input = images.Fill(_operands.Input + (first * _geometry.Input.ImageSize), count);
            T* delta = _operands.Delta + (first * _geometry.Output.ImageSize);
            Multiply(delta, input, count, WeightSums(run), columnPart, row, rows, accumulate: first > start);
            if (share == 0 && _operands.BiasGradient != null)
            {
                Sum(delta, count, BiasSums(run), accumulate: first > start);
            }
        }
    }

    private static Partition Runs(ConvolutionGeometry geometry, int samples)
    {
        int blocks = ((samples - 1) / geometry.SamplesPerBlock) + 1;
        long patches = (long)samples * geometry.Rows.Windows * geometry.Columns.Windows;
        long sums = (long)geometry.WeightCount + geometry.Filters;
        int runs = 1;
        while (runs < MostRuns
            && 2 * runs <= blocks
            && 2L * runs * PatchesPerRun <= patches
            && ((2L * runs) - 1) * sums <= MostSums)
        {
            runs *= 2;
        }

        return new(blocks, runs);
    }

    private static void Add(T* addend, T* sum, int count)
    {
        var target = new Span<T>(sum, count);
        TensorPrimitives.Add(target, new ReadOnlySpan<T>(addend, count), target);
    }

    // The first run sums up in the gradients themselves, the others in memory of their own, biases behind weights.
    private T* WeightSums(int run) => run == 0
        ? _operands.WeightGradient
        : _otherRuns + ((nint)(run - 1) * (_geometry.WeightCount + _geometry.Filters));

    private T* BiasSums(int run) => run == 0 ? _operands.BiasGradient : WeightSums(run) + _geometry.WeightCount;

    // δ·patchᵀ of a block: some filters of each group, from a row on, by some of the columns.
    private void Multiply(
        T* delta, T* input, int samples, T* gradient, int columnPart, int row, int rows, bool accumulate)
    {
        PatchPhase patches = _geometry.Patches;
        int column = _columns.Start(columnPart);
        int columns = _columns.Size(columnPart);
        int depth = patches.Places.Length / _geometry.SamplesPerBlock * samples;
        fixed (int* places = patches.Places, elements = patches.Elements, results = _geometry.WeightGradientResults)
        {
            for (int group = 0; group < _geometry.Groups; group++)
            {
                int filter = (group * _geometry.GroupFilters) + row;
                OffsetProduct<TSimd, TVector, T>.Multiply(
                    new Factor<T>(delta + filter, rows, depth, lineStep: 1, _geometry.Filters),
                    _operands.DeltaEnd,
                    new(input + (group * _geometry.GroupChannels), elements + column, columns, places),
                    gradient + filter,
                    results + column,
                    addend: null,
                    accumulate);
            }
        }
    }

    // Σ δ of a block.
    private void Sum(T* delta, int samples, T* sums, bool accumulate)
    {
        int filters = _geometry.Filters;
        int length = (int)(samples * _geometry.Output.ImageSize);
        var matrix = new ReadOnlyMatrixSpan<T>(new ReadOnlySpan<T>(delta, length), filters, length / filters);
        var target = new Span<T>(sums, filters);
        if (!accumulate)
        {
            Columns.Sum(matrix, target, ForkJoin.Alone);
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(filters);
        Span<T> block = rented.AsSpan(0, filters);
        Columns.Sum(matrix, block, ForkJoin.Alone);
        TensorPrimitives.Add(target, block, target);
        ArrayPool<T>.Shared.Return(rented);
    }
}
