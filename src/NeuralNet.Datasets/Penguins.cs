namespace NeuralNet.Datasets;

/// <summary>
/// Palmer penguins: 344 birds of three species, by four measurements; the table has their island and sex, too, and
/// gaps. 342 rows have all measurements.
/// </summary>
/// <remarks>
/// By Allison Horst, Alison Hill and Kristen Gorman, 2020, from data of Kristen Gorman and the Palmer Station,
/// Antarctica LTER; licence CC0.
/// </remarks>
/// <example><code>
/// var (training, test) = Penguins.Load().Data.StratifiedSplit(0.8, seed: 1);
/// Standardization scaling = Standardization.Fit(training.Inputs);
/// </code></example>
public static class Penguins
{
    /// <summary>Reads it out of this package.</summary>
    /// <returns>The table.</returns>
    public static TableDataset Load() => TableDataset.Read(
        "Penguins",
        "A. Horst, A. Hill and K. Gorman, palmerpenguins, 2020, CC0",
        "penguins.csv",
        target: "species",
        features:
        [
            "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g",
        ]);
}
