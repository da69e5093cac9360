namespace NeuralNet.Tables.Tests;

/// <summary>A test on UCI's Adult, which is skipped where its files are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AdultFactAttribute : FactAttribute
{
    public AdultFactAttribute()
    {
        if (string.IsNullOrEmpty(Folder))
        {
            Skip = "The environment variable NEURALNET_TABLES names no folder with adult-train.csv and adult-test.csv.";
        }
    }

    /// <summary>The folder with the files; null where none is named.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("NEURALNET_TABLES");
}
