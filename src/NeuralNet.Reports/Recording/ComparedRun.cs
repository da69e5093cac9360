namespace NeuralNet.Reports.Recording;

/// <summary>A run among others.</summary>
/// <param name="Name">The name that tells it from the others.</param>
/// <param name="Run">Its figures.</param>
/// <param name="Curves">Its figures over the epochs.</param>
internal sealed record ComparedRun(string Name, RunJson Run, Curves Curves)
{
    /// <summary>Takes a run in.</summary>
    public static ComparedRun Of(string name, RunJson run) => new(name, run, RunFile.ToCurves(run));

    /// <summary>The value of a setting; null if it has none.</summary>
    public string? Setting(string name) => Array.Find(Run.Settings, setting => setting[0] == name)?[1];
}
