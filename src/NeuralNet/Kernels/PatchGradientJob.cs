using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>Computes the gradient of a convolution's weights, Σ δ·patchᵀ.</summary>
/// <remarks>
/// It is the product of the forward pass with the tables swapped: the patch elements are its columns, and it sums over
/// the patches, block of samples after block of samples. Threads share the columns, or the filters where there are
/// more vectors of those, so an element is always summed up in the same order.
/// </remarks>
internal readonly unsafe struct PatchGradientJob<TSimd, TVector, T> : IParallelJob
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ConvolutionGeometry _geometry;
    private readonly T* _delta;
    private readonly T* _deltaEnd;
    private readonly T* _input;
    private readonly T* _gradient;
    private readonly int _samples;
    private readonly Partition _columns;
    private readonly Partition _vectors;

    private PatchGradientJob(
        ConvolutionGeometry geometry, T* delta, T* deltaEnd, T* input, T* gradient, int samples, ForkJoin team)
    {
        _geometry = geometry;
        _delta = delta;
        _deltaEnd = deltaEnd;
        _input = input;
        _gradient = gradient;
        _samples = samples;

        long products = (deltaEnd - delta) * geometry.PatchLength;
        int shares = (int)Math.Min(team.Threads, team.MostPartsFor(products));
        int vectors = ((geometry.GroupFilters - 1) / TSimd.Count) + 1;
        bool sharesVectors = vectors >= shares && vectors > geometry.PatchLength;
        _columns = new(geometry.PatchLength, sharesVectors ? 1 : Math.Min(shares, geometry.PatchLength));
        _vectors = new(vectors, sharesVectors ? shares : 1);
    }

    /// <summary>Computes the gradient.</summary>
    public static void Run(
        ConvolutionGeometry geometry, T* delta, T* deltaEnd, T* input, T* gradient, int samples, ForkJoin team)
    {
        var job = new PatchGradientJob<TSimd, TVector, T>(geometry, delta, deltaEnd, input, gradient, samples, team);
        team.Run(job, job._columns.Parts * job._vectors.Parts);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        (int columnPart, int vectorPart) = _columns.Parts > 1 ? (part, 0) : (0, part);
        int column = _columns.Start(columnPart);
        int columns = _columns.Size(columnPart);
        int row = _vectors.Start(vectorPart) * TSimd.Count;
        int rows = Math.Min(_vectors.Size(vectorPart) * TSimd.Count, _geometry.GroupFilters - row);

        PatchPhase patches = _geometry.Patches;
        int block = _geometry.SamplesPerBlock;
        using var images = new PaddedBlock<T>(_geometry.Input, Math.Min(block, _samples));
        fixed (int* places = patches.Places, elements = patches.Elements, results = _geometry.WeightGradientResults)
        {
            for (int first = 0; first < _samples; first += block)
            {
                int count = Math.Min(block, _samples - first);
                T* input = images.Fill(_input + (first * _geometry.Input.ImageSize), count);
                T* delta = _delta + (first * _geometry.Output.ImageSize);
                int depth = patches.Places.Length / block * count;
                for (int group = 0; group < _geometry.Groups; group++)
                {
                    int filter = (group * _geometry.GroupFilters) + row;
                    OffsetProduct<TSimd, TVector, T>.Multiply(
                        new Factor<T>(delta + filter, rows, depth, lineStep: 1, _geometry.Filters),
                        _deltaEnd,
                        new(input + (group * _geometry.GroupChannels), elements + column, columns, places),
                        _gradient + filter,
                        results + column,
                        addend: null,
                        accumulate: first > 0);
                }
            }
        }
    }
}
