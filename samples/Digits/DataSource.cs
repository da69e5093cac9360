using NeuralNet.Datasets;
using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Samples.Digits;

/// <summary>
/// Finds the data: in the folder the user names, else in the cache, else by a download into it, else by generating
/// digits. A folder that the user names is never replaced by anything else; asked for, digits are generated at once.
/// </summary>
internal static class DataSource
{
    private const int GeneratedTrainingCount = 20_000;
    private const int GeneratedTestCount = 4_000;

    // Not the seed of the training, so that runs with different seeds use the same digits.
    private const int GeneratedSeed = 1;

    /// <summary>Finds the data.</summary>
    /// <exception cref="SampleException">The folder the user names does not hold them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<MnistData> LoadAsync(
        DataOptions options, SampleEnvironment environment, CancellationToken cancellationToken)
    {
        if (options.Generated)
        {
            return Generate(cancellationToken);
        }

        if (options.Folder is not null)
        {
            return LoadNamed(options.Folder, "--data");
        }

        if (!string.IsNullOrEmpty(environment.DataFolder))
        {
            return LoadNamed(environment.DataFolder, SampleEnvironment.DataVariable);
        }

        if (!environment.Download.IsCompleteIn(environment.CacheFolder))
        {
            try
            {
                await environment.Report.DownloadAsync(
                    environment.CacheFolder,
                    environment.Download.Length,
                    progress => environment.Download.FetchAsync(environment.CacheFolder, progress, cancellationToken));
            }
            catch (DownloadException exception)
            {
                environment.Report.Notice(
                    $"MNIST cannot be downloaded ({exception.Message}). Training on {GeneratedDigits.Name} instead, "
                    + "which say nothing about MNIST. To use files you have, give --data or set "
                    + $"{SampleEnvironment.DataVariable}.");
                return Generate(cancellationToken);
            }
        }

        return Load(environment.CacheFolder);
    }

    private static MnistData Generate(CancellationToken cancellationToken) => MnistData.Of(
        GeneratedDigits.Create(GeneratedTrainingCount, GeneratedTestCount, GeneratedSeed, cancellationToken));

    private static MnistData Load(string folder)
    {
        try
        {
            return MnistData.Of(IdxFolder.Read(folder));
        }
        catch (DatasetException exception)
        {
            throw new SampleException(exception.Message, exception);
        }
    }

    private static MnistData LoadNamed(string folder, string namedBy)
    {
        try
        {
            return Load(folder);
        }
        catch (SampleException exception)
        {
            throw new SampleException($"{namedBy}: {exception.Message}", exception);
        }
    }
}
