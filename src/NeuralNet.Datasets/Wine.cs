namespace NeuralNet.Datasets;

/// <summary>
/// Wine: 178 wines of three cultivars, by 13 chemical measurements of very different scales: nothing is learnt before
/// they are standardized.
/// </summary>
/// <remarks>
/// By Stefan Aeberhard and Michele Forina, 1991; UCI Machine Learning Repository, licence CC BY 4.0.
/// </remarks>
/// <example><code>
/// var (training, test) = Wine.Load().Data.StratifiedSplit(0.8, seed: 1);
/// Standardization scaling = Standardization.Fit(training.Inputs);
/// </code></example>
public static class Wine
{
    /// <summary>Reads it out of this package.</summary>
    /// <returns>The table.</returns>
    public static TableDataset Load() => TableDataset.Read(
        "Wine",
        "S. Aeberhard and M. Forina, 1991; UCI Machine Learning Repository, CC BY 4.0",
        "wine.csv",
        target: "cultivar",
        features:
        [
            "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids",
            "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280_od315", "proline",
        ]);
}
