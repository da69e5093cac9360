using System.Globalization;
using System.Text;
using NeuralNet.Forecasting.Series;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Evaluation;

/// <summary>The errors of forecasts beside those of baselines, over the same windows.</summary>
public sealed class ForecastReport
{
    private readonly ForecastScore[] _scores;

    internal ForecastReport(
        ForecastScore[] scores, int windowCount, int horizon, DateTime from, DateTime to, int period, string[] notes)
    {
        _scores = scores;
        WindowCount = windowCount;
        Horizon = horizon;
        From = from;
        To = to;
        Period = period;
        Notes = notes;
    }

    /// <summary>The scores: those of the forecasts first, then those of the baselines; of each, by target.</summary>
    public IReadOnlyList<ForecastScore> Scores => _scores;

    /// <summary>Number of windows.</summary>
    public int WindowCount { get; }

    /// <summary>Number of steps that each predicts.</summary>
    public int Horizon { get; }

    /// <summary>The time of the first step that is predicted.</summary>
    public DateTime From { get; }

    /// <summary>The time of the last step that is predicted.</summary>
    public DateTime To { get; }

    /// <summary>The steps of the season, in the seasonal naive forecast and in MASE.</summary>
    public int Period { get; }

    /// <summary>Remarks on the comparison, such as the number of windows that were left out.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The score of a method, for the only target or the first.</summary>
    /// <param name="name">
    /// The method, or how it begins: <c>network</c>, <c>naive</c>, <c>seasonal naive</c>, <c>ridge</c>.
    /// </param>
    /// <exception cref="KeyNotFoundException">There is no such method.</exception>
    public ForecastScore this[string name] =>
        Array.Find(_scores, score => score.Name == name)
        ?? Array.Find(_scores, score => score.Name.StartsWith(name, StringComparison.Ordinal))
        ?? throw new KeyNotFoundException(
            $"There is no score of {MessageText.Quoted(name)}; there are those of "
            + $"{MessageText.Listed(_scores.Select(score => score.Name).Distinct())}.");

    /// <summary>A table with a line per method and target.</summary>
    /// <returns>The table.</returns>
    public override string ToString()
    {
        bool severalTargets = _scores.Any(score => score.Target != _scores[0].Target);
        bool hasQuantiles = _scores.Any(score => score.QuantileLoss is not null);
        string[] names = Array.ConvertAll(
            _scores, score => score.Name + (severalTargets ? ", " + MessageText.Shortened(score.Target) : ""));
        int width = Math.Max(8, names.Max(name => name.Length));
        var text = new StringBuilder();
        text.Append(Quantity.Of(WindowCount, "window"))
            .Append(Horizon == 1 ? ", " : ", 1 to ").Append(Quantity.Of(Horizon, "step"))
            .AppendLine(CultureInfo.InvariantCulture, $" ahead, {TimeText.Of(From)} to {TimeText.Of(To)}");
        text.Append(' ', width);
        foreach (string head in (string[])["MAE", "RMSE", "MAPE", "sMAPE", "MASE"])
        {
            text.Append(head.PadLeft(11));
        }

        if (hasQuantiles)
        {
            text.Append("quantile".PadLeft(11)).Append("coverage".PadLeft(11));
        }

        for (int i = 0; i < _scores.Length; i++)
        {
            ForecastScore score = _scores[i];
            text.AppendLine().Append(names[i].PadRight(width)).Append(Number(score.Mae)).Append(Number(score.Rmse))
                .Append(Percent(score.Mape)).Append(Percent(score.Smape)).Append(Number(score.Mase));
            if (hasQuantiles)
            {
                text.Append(Number(score.QuantileLoss)).Append(Percent(score.Coverage));
            }
        }

        foreach (string note in Notes)
        {
            text.AppendLine().Append(note);
        }

        return text.ToString();
    }

    private static string Number(double? value) => Shown(value, "G4", "");

    private static string Percent(double? value) => Shown(100 * value, "F1", " %");

    private static string Shown(double? value, string format, string unit) =>
        (value is { } number && double.IsFinite(number)
            ? number.ToString(format, CultureInfo.InvariantCulture) + unit
            : "–").PadLeft(11);
}
