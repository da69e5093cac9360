using NeuralNet.Datasets.Downloads;
using NeuralNet.Guards;
using NeuralNet.Networks;
using NeuralNet.Training;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>Plain lines, one per epoch, for files and pipes.</summary>
internal sealed class PlainReport(TextWriter output) : IReport
{
    // From black to white.
    private const string Shades = " .:-=+*#%@";

    public void Notice(string text) => Line(text);

    public Task DownloadAsync(string folder, long length, Func<IProgress<DownloadProgress>, Task> download)
    {
        Line($"downloading MNIST to {folder}");
        return download(new Reporter<DownloadProgress>(_ => { }));
    }

    public void Start(MnistData data, Network<float> network, TrainOptions options)
    {
        Line(Headline.OfData(data));
        Line(Headline.OfNetwork(network, options));
        Line(Headline.OfTraining(options));
    }

    public TrainingHistory Train(MnistData data, int epochs, Func<IEpochDisplay, TrainingHistory> fit) =>
        fit(new EpochLines(output, epochs, data.ResultSuffix));

    public void Finish(RunResult result)
    {
        foreach (string remark in result.Remarks)
        {
            Line(remark);
        }

        FinishTest(result);
    }

    public void StartTest(MnistData data, Network<float> network)
    {
        Line(Headline.OfData(data));
        Line(Headline.OfNetwork(network));
    }

    public void FinishTest(TestResult result)
    {
        Line(result.LossLine);
        Line(result.LastLine);
    }

    public void Show(Prediction prediction)
    {
        for (int row = 0; row < prediction.Size; row++)
        {
            IEnumerable<char> line = prediction.Pixels.Skip(row * prediction.Size).Take(prediction.Size)
                .Select(light => Shades[(int)Math.Round(light * (Shades.Length - 1))]);
            Line(string.Concat(line).TrimEnd());
        }

        for (int i = 0; i < prediction.Probabilities.Length; i++)
        {
            Line(Invariant($"{i}: {100 * prediction.Probabilities[i],6:F2} %"));
        }

        Line(prediction.LastLine);
    }

    // Paths and the messages of files may hold anything.
    private void Line(string text) => output.WriteLine(MessageText.Printable(text));
}
