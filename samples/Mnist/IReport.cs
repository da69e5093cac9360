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
    void Start(MnistData data, Network<float> network, MnistOptions options);

    /// <summary>Trains, showing how far it is.</summary>
    TrainingHistory Train(MnistData data, int epochs, Func<IEpochDisplay, TrainingHistory> fit);

    /// <summary>What came of it; the last line is <see cref="RunResult.LastLine"/>.</summary>
    void Finish(RunResult result);
}
