using NeuralNet.Networks;
using NeuralNet.Training;
using static System.FormattableString;

namespace NeuralNet.Samples.Mnist;

/// <summary>Plain lines, one per epoch, for files and pipes.</summary>
internal sealed class PlainReport(TextWriter output) : IReport
{
    public void Notice(string text) => output.WriteLine(text);

    public Task DownloadAsync(string folder, Func<IProgress<DownloadProgress>, Task> download)
    {
        output.WriteLine($"downloading MNIST to {folder}");
        return download(new Reporter<DownloadProgress>(_ => { }));
    }

    public void Start(MnistData data, Network<float> network, MnistOptions options)
    {
        output.WriteLine(Headline.OfData(data));
        output.WriteLine(Headline.OfNetwork(network, options));
        output.WriteLine(Headline.OfTraining(options));
    }

    public TrainingHistory Train(MnistData data, int epochs, Func<IProgress<TrainingProgress>, TrainingHistory> fit) =>
        fit(new Reporter<TrainingProgress>(progress =>
        {
            if (progress.Batch == progress.Batches)
            {
                output.WriteLine(
                    Invariant($"epoch {progress.Epoch}/{progress.Epochs}: loss {progress.Loss:F4}, ")
                    + Invariant($"accuracy {100 * progress.Metrics[ModelFactory.Accuracy.Name]:F2} %, ")
                    + Invariant($"{progress.SamplesPerSecond:F0} samples/s{data.ResultSuffix}"));
            }
        }));

    public void Finish(RunResult result)
    {
        if (result.Interruption is not null)
        {
            output.WriteLine(result.Interruption);
        }

        output.WriteLine(Invariant($"test loss {result.TestLoss:F4}{result.Data.ResultSuffix}"));
        output.WriteLine(result.LastLine);
    }
}
