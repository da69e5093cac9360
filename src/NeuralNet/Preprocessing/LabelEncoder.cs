using NeuralNet.Guards;

namespace NeuralNet.Preprocessing;

/// <summary>Turns names of classes or categories into numbers from 0, and back.</summary>
/// <remarks>As scikit-learn's <c>LabelEncoder</c>: fitted labels are numbered in ordinal order.</remarks>
public sealed class LabelEncoder
{
    private readonly string[] _labels;
    private readonly Dictionary<string, int> _indices;

    /// <summary>Makes the encoder from its labels.</summary>
    /// <param name="labels">The labels in the order of their numbers, all different; at least one.</param>
    /// <exception cref="ArgumentException">There is no label, or one occurs twice.</exception>
    public LabelEncoder(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        _labels = [.. labels];
        if (_labels.Length == 0)
        {
            throw new ArgumentException("There must be at least one label, but there is none.", nameof(labels));
        }

        _indices = new(_labels.Length, StringComparer.Ordinal);
        for (int i = 0; i < _labels.Length; i++)
        {
            if (_labels[i] is null || !_indices.TryAdd(_labels[i], i))
            {
                throw new ArgumentException(
                    _labels[i] is null
                        ? $"Label {i} is null."
                        : $"The label '{MessageText.Shortened(_labels[i])}' has the numbers {_indices[_labels[i]]} and "
                        + $"{i}; every label must have one.",
                    nameof(labels));
            }
        }
    }

    /// <summary>The labels in the order of their numbers.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Learns the labels.</summary>
    /// <param name="labels">The label of each sample.</param>
    /// <returns>The encoder: each label once, in ordinal order.</returns>
    /// <exception cref="ArgumentException">There is no label, or one is null.</exception>
    public static LabelEncoder Fit(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return new([.. new SortedSet<string>(labels, StringComparer.Ordinal)]);
    }

    /// <summary>Returns the number of a label.</summary>
    /// <param name="label">The label.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentException">The label is not known.</exception>
    public int Encode(string label) =>
        TryEncode(label, out int index)
            ? index
            : throw new ArgumentException(
                $"'{MessageText.Shortened(label)}' is none of the "
                + $"{Quantity.Of(_labels.Length, "known label")}: {ToString()}." + NearestName.Question(label, _labels),
                nameof(label));

    /// <summary>Returns the numbers of labels.</summary>
    /// <param name="labels">The label of each sample.</param>
    /// <returns>The number of each.</returns>
    /// <exception cref="ArgumentException">A label is not known.</exception>
    public int[] Encode(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return [.. labels.Select(Encode)];
    }

    /// <summary>Finds the number of a label, if it is known.</summary>
    /// <param name="label">The label.</param>
    /// <param name="index">Its number, or −1.</param>
    /// <returns>True if it is known.</returns>
    public bool TryEncode(string label, out int index)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (_indices.TryGetValue(label, out index))
        {
            return true;
        }

        index = -1;
        return false;
    }

    /// <summary>Returns the label of a number.</summary>
    /// <param name="index">The number, such as the index of the largest output.</param>
    /// <returns>Its label.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public string Decode(int index)
    {
        if ((uint)index >= (uint)_labels.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index),
                index,
                $"There {Quantity.Are(_labels.Length, "label")}, counted from 0, but label {index} was asked for.");
        }

        return _labels[index];
    }

    /// <summary>Lists the first labels.</summary>
    /// <returns>A text to read, not to parse.</returns>
    public override string ToString()
    {
        const int Most = 10;
        return MessageText.Listed(_labels, Most);
    }
}
