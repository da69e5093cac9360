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

    public TrainingHistory Train(MnistData data, int epochs, Func<IEpochDisplay, TrainingHistory> fit) =>
        fit(new EpochLines(output, epochs, data.ResultSuffix));

    public void Finish(RunResult result)
    {
        if (result.Interruption is not null)
        {
            output.WriteLine(result.Interruption);
        }

        if (result.BestLine is not null)
        {
            output.WriteLine(result.BestLine);
        }

        output.WriteLine(Invariant($"test loss {result.TestLoss:F4}{result.Data.ResultSuffix}"));
        output.WriteLine(result.LastLine);
    }
}
