using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Randomness;

namespace NeuralNet.Batches;

/// <summary>
/// Brings sequences of about equal lengths into one batch, so that little is computed for padding: stretches of the
/// drawn order are sorted by length and cut into batches, whose order is then drawn, too.
/// </summary>
internal sealed class LengthBuckets<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Long enough for lengths to agree, short enough that batches differ from epoch to epoch.
    private const int BatchesPerStretch = 50;

    // A stream of its own beside that of the order, which has one for each epoch.
    private const long Purpose = -1;

    private readonly T[] _lengths;
    private readonly int _batchSize;
    private readonly int[] _stretch;
    private readonly T[] _keys;

    /// <summary>Reads the lengths.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="row">The row of the inputs that holds the length.</param>
    /// <param name="batchSize">Samples per batch.</param>
    public LengthBuckets(DataSet<T> data, int row, int batchSize)
    {
        _batchSize = batchSize;
        _lengths = new T[data.Count];
        _stretch = new int[BatchesPerStretch * batchSize];
        _keys = new T[_stretch.Length];
        T[] inputs = new T[data.InputSize];
        T[] targets = new T[data.TargetSize];
        for (int i = 0; i < _lengths.Length; i++)
        {
            data.CopyTo([i], inputs, targets);
            _lengths[i] = inputs[row];
        }
    }

    /// <summary>Arranges the order of an epoch. A last batch that is not full stays the last.</summary>
    /// <param name="order">The samples in the order that was drawn.</param>
    /// <param name="random">The random numbers of the epoch; null to keep the order of the batches.</param>
    public void Arrange(Span<int> order, RandomStream? random)
    {
        Random? generator = random?.Derive(Purpose).CreateGenerator();
        for (int start = 0; start < order.Length; start += _stretch.Length)
        {
            Arrange(order[start..Math.Min(start + _stretch.Length, order.Length)], generator);
        }
    }

    private void Arrange(Span<int> stretch, Random? generator)
    {
        Span<T> keys = _keys.AsSpan(0, stretch.Length);
        for (int i = 0; i < stretch.Length; i++)
        {
            keys[i] = _lengths[stretch[i]];
        }

        keys.Sort(stretch);
        int batches = stretch.Length / _batchSize;
        for (int last = batches - 1; generator is not null && last > 0; last--)
        {
            int other = generator.Next(last + 1);
            Span<int> one = stretch.Slice(last * _batchSize, _batchSize);
            Span<int> two = stretch.Slice(other * _batchSize, _batchSize);
            one.CopyTo(_stretch);
            two.CopyTo(one);
            _stretch.AsSpan(0, _batchSize).CopyTo(two);
        }
    }
}
