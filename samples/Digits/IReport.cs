using NeuralNet.Datasets.Downloads;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>The report of a run while it happens.</summary>
internal interface IReport
{
    /// <summary>Tells the user something.</summary>
    void Notice(string text);

    /// <summary>Downloads files of that length and shows the progress.</summary>
    Task DownloadAsync(string folder, long length, Func<IProgress<DownloadProgress>, Task> download);

    /// <summary>Shows the network to be trained and the data.</summary>
    void Start(MnistData data, Network<float> network, TrainOptions options);

    /// <summary>Shows the network to be tested and the data.</summary>
    void StartTest(MnistData data, Network<float> network);

    /// <summary>Shows the result of a test; the last line is <see cref="TestResult.LastLine"/>.</summary>
    void FinishTest(TestResult result);

    /// <summary>Shows the prediction for an image; the last line is <see cref="Prediction.LastLine"/>.</summary>
    void Show(Prediction prediction);

    /// <summary>Trains the network and shows the progress.</summary>
    TrainingHistory Train(MnistData data, int epochs, Func<IEpochDisplay, TrainingHistory> fit);

    /// <summary>Shows the result of the training; the last line is <see cref="TestResult.LastLine"/>.</summary>
    void Finish(RunResult result);
}
