using NeuralNet.Forecasting.Evaluation;

namespace NeuralNet.Benchmarks.Forecasts;

/// <summary>Forecasts real series and says how good the forecasts are, beside those of simple methods.</summary>
internal static class ForecastsCommand
{
    private const int Seeds = 3;

    public static int Run(string[] args)
    {
        string? only = args is ["--data", _, "--only", { } name] ? name : null;
        ForecastCase[] cases = [.. ForecastCase.All.Where(one => only is null || one.Name == only)];
        if (args is not (["--data", _] or ["--data", _, "--only", _]) || cases.Length == 0)
        {
            Console.Error.WriteLine(
                $"forecasts --data FOLDER [--only {string.Join('|', ForecastCase.All.Select(one => one.Name))}]");
            return 2;
        }

        foreach (ForecastCase one in cases)
        {
            ForecastReport[] reports =
                [.. Enumerable.Range(1, Seeds).Select(seed => one.Evaluate(args[1], seed))];
            Console.WriteLine($"{one.Name}, seed 1: {reports[0]}");
            ForecastScore[] networks = Array.ConvertAll(reports, report => report.Scores[0]);
            double? coverage = 100 * networks.Average(score => score.Coverage);
            Console.WriteLine(
                FormattableString.Invariant($"network, mean of {Seeds} seeds: ")
                + FormattableString.Invariant($"RMSE {networks.Average(score => score.Rmse):F3}, ")
                + FormattableString.Invariant($"MASE {networks.Average(score => score.Mase):F3}")
                + (coverage is null ? "" : FormattableString.Invariant($", coverage {coverage:F1} %")));
            Console.WriteLine();
        }

        return 0;
    }
}
