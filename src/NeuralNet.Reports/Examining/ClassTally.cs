namespace NeuralNet.Reports.Examining;

/// <summary>How often samples of each class were taken for each class.</summary>
/// <param name="names">The names of the classes.</param>
internal sealed class ClassTally(IReadOnlyList<string> names)
{
    private readonly Dictionary<(int Actual, int Predicted), int> _pairs = [];
    private readonly int[] _actual = new int[names.Count];
    private readonly int[] _predicted = new int[names.Count];

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Number of samples.</summary>
    public int Count { get; private set; }

    /// <summary>Number of samples that were taken for what they are.</summary>
    public int Right { get; private set; }

    /// <summary>
    /// Number of samples without an answer, as with NaN in the outputs; they are not counted otherwise.
    /// </summary>
    public int Undecided { get; set; }

    /// <summary>The confusions that occurred, the most frequent first.</summary>
    public IEnumerable<(int Actual, int Predicted, int Count)> Confusions =>
        _pairs.Where(pair => pair.Key.Actual != pair.Key.Predicted)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Select(pair => (pair.Key.Actual, pair.Key.Predicted, pair.Value));

    /// <summary>The samples of one class that were taken for another.</summary>
    public int this[int actual, int predicted] => _pairs.GetValueOrDefault((actual, predicted));

    /// <summary>Counts a sample.</summary>
    public void Add(int actual, int predicted)
    {
        _pairs[(actual, predicted)] = this[actual, predicted] + 1;
        _actual[actual]++;
        _predicted[predicted]++;
        Count++;
        Right += actual == predicted ? 1 : 0;
    }

    /// <summary>The figures of a class by itself.</summary>
    public LabelTally OfClass(int index) =>
        new(names[index], _actual[index], _predicted[index], this[index, index]);
}
