using NeuralNet.Data;
using NeuralNet.Reports;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>
/// Records the results of every epoch and passes them on; tests the network after each epoch if there are test data.
/// </summary>
internal sealed class EpochRecorder(DataSet<float>? test, IEpochDisplay display, HtmlReport<float>? page)
    : ITrainingCallback<float>
{
    private readonly List<EpochRecord> _epochs = [];

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    public void OnTrainingStart(TrainingContext<float> context) =>
        _epochs.AddRange(context.Results.Select(result => new EpochRecord(result, null)));

    public void OnEpochEnd(TrainingContext<float> context, EpochResult result)
    {
        bool isToTest = test is not null && result.IsComplete;
        var epoch = new EpochRecord(result, isToTest ? context.Evaluate(test!, [ModelFactory.Accuracy]) : null);
        _epochs.Add(epoch);
        if (epoch.Test is not null)
        {
            page?.Add("test", epoch.Test);
        }

        display.EndEpoch(epoch);
    }
}
