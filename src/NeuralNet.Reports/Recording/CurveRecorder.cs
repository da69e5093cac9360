using NeuralNet.Evaluation;
using NeuralNet.Training;

namespace NeuralNet.Reports.Recording;

/// <summary>Collects the figures of a run, epoch by epoch.</summary>
internal sealed class CurveRecorder
{
    private readonly List<int> _epochs = [];
    private readonly List<FigureName> _names = [];
    private readonly Dictionary<FigureName, List<double>> _values = [];

    /// <summary>Number of epochs so far.</summary>
    public int Count => _epochs.Count;

    /// <summary>Begins an epoch: what is set from now on belongs to it.</summary>
    public void Begin(int epoch) => _epochs.Add(epoch);

    /// <summary>Takes the last epoch back, if there is one of that number.</summary>
    public void Withdraw(int epoch)
    {
        if (_epochs is [.., { } last] && last == epoch)
        {
            _epochs.RemoveAt(_epochs.Count - 1);
            foreach (List<double> values in _values.Values.Where(values => values.Count > _epochs.Count))
            {
                values.RemoveAt(values.Count - 1);
            }
        }
    }

    /// <summary>Sets a figure of the last epoch.</summary>
    public void Set(FigureName name, double value)
    {
        if (!_values.TryGetValue(name, out List<double>? values))
        {
            _names.Add(name);
            _values.Add(name, values = []);
        }

        values.AddRange(Enumerable.Repeat(double.NaN, Math.Max(0, _epochs.Count - 1 - values.Count)));
        if (values.Count == _epochs.Count)
        {
            values[^1] = value;
        }
        else
        {
            values.Add(value);
        }
    }

    /// <summary>Takes in the result of an epoch, as a new last one.</summary>
    public void Add(EpochResult result)
    {
        Begin(result.Epoch);
        Set(FigureName.Training, result.Loss, result.Metrics);
        if (result.Validation is { } validation)
        {
            Set(FigureName.Validation, validation);
        }

        Set(new(FigureKind.LearningRate, "", FigureName.Training), result.LearningRate);
        Set(new(FigureKind.Seconds, "", FigureName.Training), result.Duration.TotalSeconds);
        Set(new(FigureKind.Samples, "", FigureName.Training), result.Samples);
    }

    /// <summary>Sets loss and metrics of the last epoch on some data.</summary>
    public void Set(string data, EvaluationResult result) => Set(data, result.Loss, result.Metrics);

    /// <summary>Sets loss and metrics of the last epoch on some data.</summary>
    public void Set(string data, double loss, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        Set(new(FigureKind.Loss, "", data), loss);
        foreach ((string metric, double value) in metrics)
        {
            Set(new(FigureKind.Metric, metric, data), value);
        }
    }

    /// <summary>The figures so far, which do not change any more.</summary>
    public Curves ToCurves() => new([.. _epochs], [.. _names.Select(name => new Series(name, Padded(_values[name])))]);

    private double[] Padded(List<double> values) =>
        [.. values, .. Enumerable.Repeat(double.NaN, _epochs.Count - values.Count)];
}
