namespace NeuralNet.Datasets;

/// <summary>
/// Iris: 150 flowers, 50 of each of three species, by length and width of their sepals and petals. The species are
/// nearly told apart: 98 % are right with any sensible classifier.
/// </summary>
/// <remarks>
/// By Ronald A. Fisher, "The use of multiple measurements in taxonomic problems", 1936, with the two rows that the file
/// of the UCI repository has wrong set right, as scikit-learn has them. Licence CC BY 4.0.
/// </remarks>
/// <example><code>
/// var (training, test) = Iris.Load().Data.StratifiedSplit(0.8, seed: 1);
/// Standardization scaling = Standardization.Fit(training.Inputs);
/// </code></example>
public static class Iris
{
    /// <summary>Reads it out of this package.</summary>
    /// <returns>The table.</returns>
    public static TableDataset Load() => TableDataset.Read(
        "Iris",
        "R. A. Fisher, 1936; UCI Machine Learning Repository, CC BY 4.0",
        "iris.csv",
        target: "species",
        features:
        [
            "sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm",
        ]);
}
