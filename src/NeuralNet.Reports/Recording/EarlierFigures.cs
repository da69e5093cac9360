using NeuralNet.Training;

namespace NeuralNet.Reports.Recording;

/// <summary>What the page of an interrupted run has beyond its results, which a resumed one continues.</summary>
internal sealed class EarlierFigures(RunJson before)
{
    private readonly Curves _curves = RunFile.ToCurves(before);

    /// <summary>Adds what the page has of an epoch, if it is of the same run.</summary>
    public void AddTo(CurveRecorder recorder, EpochResult result)
    {
        int index = Array.BinarySearch(before.Epochs, result.Epoch);
        if (index < 0
            || _curves.Find(FigureKind.Loss, FigureName.Training) is not { } loss
            || !loss.Values[index].Equals(result.Loss))
        {
            return;
        }

        foreach (Series series in _curves.Series)
        {
            bool isKnown = !series.Name.IsOfLayer
                && series.Name.Line is FigureName.Training or FigureName.Validation;
            if (!isKnown && !double.IsNaN(series.Values[index]))
            {
                recorder.Set(series.Name, series.Values[index]);
            }
        }
    }
}
