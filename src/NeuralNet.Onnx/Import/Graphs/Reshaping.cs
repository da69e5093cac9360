using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Divides the axes of a value among other dimensions, without moving a number.</summary>
/// <param name="layout">The value.</param>
/// <param name="declaredBatch">The number of samples that the file is made for; 0 if it is open.</param>
internal sealed class Reshaping(SampleLayout layout, long declaredBatch)
{
    private const int Wildcard = -1;

    // The axes that no dimension has yet.
    private readonly LinkedList<Axis> _left = new(layout.Everything());

    /// <summary>
    /// The value with other dimensions; null where one would begin within an axis that cannot be divided there, or
    /// where samples would mix.
    /// </summary>
    /// <param name="sizes">The dimensions: −1, at most once, for what is left over.</param>
    public SampleLayout? To(IReadOnlyList<ShapeNumber> sizes)
    {
        var dimensions = new List<Axis>[sizes.Count];
        int wildcard = sizes.ToList().FindIndex(size => size is { Value: Wildcard, IsBatch: false });
        int end = wildcard < 0 ? sizes.Count : wildcard;
        for (int d = sizes.Count - 1; d > end; d--)
        {
            if ((dimensions[d] = TakeFromEnd(sizes[d])!) is null)
            {
                return null;
            }
        }

        for (int d = 0; d < end; d++)
        {
            if ((dimensions[d] = TakeFromStart(sizes[d])!) is null)
            {
                return null;
            }
        }

        if (wildcard >= 0)
        {
            dimensions[wildcard] = [.. _left];
            _left.Clear();
        }

        // A single sample needs no dimension.
        bool isDone = _left.Count == 0
            || (_left.Count == 1 && _left.First!.Value == Axis.Samples && declaredBatch == 1);
        return isDone && sizes.Count is > 0 and <= FeatureShape.MaxRank ? new(layout.Order, dimensions) : null;
    }

    private List<Axis>? TakeFromStart(ShapeNumber size)
    {
        var taken = new List<Axis>();
        long left = size.Value;
        bool needsSamples = size.IsBatch;
        if (!needsSamples && _left.First?.Value == Axis.Samples && declaredBatch > 0)
        {
            if (left % declaredBatch == 0 && (declaredBatch > 1 || left == 1))
            {
                taken.Add(Pop());
                left /= declaredBatch;
            }
            else if (declaredBatch == 1)
            {
                Pop();
            }
        }

        while (left > 1 || needsSamples)
        {
            if (_left.First?.Value is not { } axis)
            {
                return null;
            }

            if (axis == Axis.Samples)
            {
                if (!needsSamples)
                {
                    return null;
                }

                needsSamples = false;
                taken.Add(Pop());
                continue;
            }

            if (left <= 1)
            {
                return null;
            }

            if (Cut(axis, left, fromStart: true) is not { } part)
            {
                return null;
            }

            taken.Add(part);
            left /= part.Size;
        }

        return left == 1 ? taken : null;

        Axis Pop()
        {
            Axis first = _left.First!.Value;
            _left.RemoveFirst();
            return first;
        }
    }

    private List<Axis>? TakeFromEnd(ShapeNumber size)
    {
        var taken = new List<Axis>();
        long left = size.Value;
        while (left > 1)
        {
            if (_left.Last?.Value is not { } axis || axis == Axis.Samples
                || Cut(axis, left, fromStart: false) is not { } part)
            {
                return null;
            }

            taken.Insert(0, part);
            left /= part.Size;
        }

        if (size.IsBatch)
        {
            if (_left.Last?.Value != Axis.Samples)
            {
                return null;
            }

            taken.Insert(0, Axis.Samples);
            _left.RemoveLast();
        }

        return left == 1 ? taken : null;
    }

    // The axis, or that part of it which has so many places; what is over stays.
    private Axis? Cut(Axis axis, long size, bool fromStart)
    {
        if (axis.IsOpen)
        {
            if (size > Axis.MostNumbers)
            {
                return null;
            }

            axis.Resolve((int)size);
        }

        if (size % axis.Size == 0)
        {
            _left.Remove(axis);
            return axis;
        }

        if (axis.Size % size != 0)
        {
            return null;
        }

        axis.Divide(fromStart ? (int)size : axis.Size / (int)size);
        Axis[] parts = [.. axis.Parts];
        LinkedListNode<Axis> place = _left.Find(axis)!;
        place.Value = parts[fromStart ? 1 : 0];
        return parts[fromStart ? 0 : 1];
    }
}
