using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Samples.Mnist;

/// <summary>How a run tells what happens.</summary>
internal interface IReport
{
    /// <summary>Something the user should know.</summary>
    void Notice(string text);

    /// <summary>Downloads, showing how far it is.</summary>
    Task DownloadAsync(string folder, Func<IProgress<DownloadProgress>, Task> download);

    /// <summary>What there is to train, and on what.</summary>
    void Start(MnistData data, Network<float> network, TrainOptions options);

    /// <summary>What there is to test, and on what.</summary>
    void StartTest(MnistData data, Network<float> network);

    /// <summary>What came of a test; the last line is <see cref="TestResult.LastLine"/>.</summary>
    void FinishTest(TestResult result);

    /// <summary>What an image was taken for; the last line is <see cref="Prediction.LastLine"/>.</summary>
    void Show(Prediction prediction);

    /// <summary>Trains, showing how far it is.</summary>
    TrainingHistory Train(MnistData data, int epochs, Func<IEpochDisplay, TrainingHistory> fit);

    /// <summary>What came of it; the last line is <see cref="TestResult.LastLine"/>.</summary>
    void Finish(RunResult result);
}
