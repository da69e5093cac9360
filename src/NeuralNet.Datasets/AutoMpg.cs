namespace NeuralNet.Datasets;

/// <summary>
/// Auto MPG: the miles that 398 cars of 1970 to 1982 go on a gallon, a regression on six numbers; the table has their
/// origin and name, too. 392 rows have a horsepower.
/// </summary>
/// <remarks>
/// By Ross Quinlan, 1993, from the StatLib library of Carnegie Mellon University; UCI Machine Learning Repository,
/// licence CC BY 4.0.
/// </remarks>
/// <example><code>
/// var (training, test) = AutoMpg.Load().Data.Shuffle(seed: 1).Split(0.8);
/// Standardization scaling = Standardization.Fit(training.Inputs);
/// </code></example>
public static class AutoMpg
{
    /// <summary>Reads it out of this package.</summary>
    /// <returns>The table.</returns>
    public static TableDataset Load() => TableDataset.Read(
        "Auto MPG",
        "R. Quinlan, 1993; UCI Machine Learning Repository, CC BY 4.0",
        "auto-mpg.csv",
        target: "mpg",
        features:
        [
            "cylinders", "displacement", "horsepower", "weight", "acceleration", "model_year",
        ],
        isRegression: true);
}
