using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>The classes that the targets of an output have named.</summary>
internal sealed class ClassesSeen<T>(OutputHead<T> head)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostListed = 5;

    private readonly bool[] _seen = new bool[head.Width];
    private readonly bool _areClasses = TargetCheck.WantsDistributions(head.Loss!) && head.Width > 1;

    /// <summary>Takes in the targets of a batch, with those of all outputs.</summary>
    public void Add(ReadOnlyMatrixSpan<T> targets)
    {
        // Once all classes were seen, nothing is left to find.
        if (_areClasses && _seen.AsSpan().Contains(false))
        {
            Mark(targets, _seen);
        }
    }

    /// <summary>The warning about classes that other targets name, but none taken in; null if none is.</summary>
    public TrainingWarning? CheckOthers(ReadOnlyMatrixSpan<T> others)
    {
        if (!_areClasses)
        {
            return null;
        }

        var named = new bool[head.Width];
        Mark(others, named);
        int[] unseen = [.. Enumerable.Range(0, head.Width).Where(number => named[number] && !_seen[number])];
        if (unseen.Length == 0)
        {
            return null;
        }

        string those = unseen.Length == 1 ? "it" : "them";
        return new(
            TrainingWarningKind.UnseenClasses,
            null,
            $"The validation data have samples of {(unseen.Length == 1 ? "class" : "the classes")} "
            + $"{string.Join(", ", unseen.Take(MostListed))}{(unseen.Length > MostListed ? ", …" : "")}, but no "
            + $"training sample is of {those}, so the network cannot learn {those}. Data sorted by class leave whole "
            + "classes to the second part of a split: take StratifiedSplit, or Shuffle before Split or "
            + "ValidationSplit.");
    }

    // Of an output that is answered at several steps, the class of each.
    private void Mark(ReadOnlyMatrixSpan<T> targets, bool[] classes)
    {
        for (int j = 0; j < targets.Columns; j++)
        {
            ReadOnlySpan<T> own = head.Range.Of(targets.Column(j));
            for (int start = 0; start < own.Length; start += head.Width)
            {
                ReadOnlySpan<T> target = own.Slice(start, head.Width);
                if (head.AreKnown(target) && Decision.TargetOrNone(target) is >= 0 and int number)
                {
                    classes[number] = true;
                }
            }
        }
    }
}
