using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>Training one network on batches in memory, for both sides the same.</summary>
/// <remarks>
/// There is one batch of labels more than there are batches of inputs, and both are repeated in turn, so every input
/// meets every label. So nothing can be memorized, however long training goes on, and no gradient becomes so small that
/// the processor slows down.
/// </remarks>
internal sealed class TrainingCase
{
    /// <summary>The name of the file with the inputs, batch after batch, sample after sample.</summary>
    public const string InputsFile = "inputs";

    /// <summary>The name of the file with the labels.</summary>
    public const string LabelsFile = "labels";

    private readonly int _inputSize;
    private readonly int _outputSize;
    private readonly float[][] _inputs;
    private readonly int[][] _labels;
    private readonly float[][] _targets;
    private readonly Trainer<float> _trainer;
    private long _step;

    /// <summary>Makes the batches and a trainer.</summary>
    /// <param name="name">The name of the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="batchSize">Samples per step.</param>
    /// <param name="algorithm">The rule that updates the parameters.</param>
    /// <param name="threads">Threads that share the work of a step.</param>
    /// <param name="samples">Samples in memory, at least a batch.</param>
    public TrainingCase(
        string name, Network<float> network, int batchSize, Algorithm algorithm, int threads, int samples = 4096)
    {
        Name = $"{name}, batch {batchSize}, {algorithm}";
        BatchSize = batchSize;
        Algorithm = algorithm;
        Network = network;
        _inputSize = network.InputSize;
        _outputSize = network.OutputSize;

        var images = new Images(seed: batchSize);
        int batches = samples / batchSize;
        _inputs = [.. Enumerable.Range(0, batches).Select(_ => images.Pixels(batchSize, _inputSize))];
        _labels = [.. Enumerable.Range(0, batches + 1).Select(_ => images.Labels(batchSize, _outputSize))];
        _targets = Array.ConvertAll(
            _labels, labels => OneHot.Encode<float>(labels, _outputSize).AsColumnMajorArray());

        IOptimizer optimizer = algorithm == Algorithm.Sgd ? new Sgd(LearningRate) : new Adam(LearningRate);
        _trainer = new(Network, new SoftmaxCrossEntropy(), optimizer, threads: threads);
    }

    /// <summary>The name of the network and the settings.</summary>
    public string Name { get; }

    /// <summary>Samples per step.</summary>
    public int BatchSize { get; }

    /// <summary>The rule that updates the parameters.</summary>
    public Algorithm Algorithm { get; }

    /// <summary>η, the learning rate.</summary>
    public double LearningRate => Algorithm == Algorithm.Sgd ? 0.01 : 0.001;

    /// <summary>The network to train.</summary>
    public Network<float> Network { get; }

    /// <summary>The batches of inputs, sample after sample.</summary>
    public IReadOnlyList<float[]> Inputs => _inputs;

    /// <summary>The batches of labels, one more than those of inputs.</summary>
    public IReadOnlyList<int[]> Labels => _labels;

    /// <summary>One step of training on the next batch.</summary>
    /// <returns>The loss of the batch.</returns>
    public double Step()
    {
        var inputs = new ReadOnlyMatrixSpan<float>(_inputs[_step % _inputs.Length], _inputSize, BatchSize);
        var targets = new ReadOnlyMatrixSpan<float>(_targets[_step % _targets.Length], _outputSize, BatchSize);
        _step++;
        return _trainer.Step(inputs, targets);
    }

    /// <summary>Writes the batches to files for the other side.</summary>
    public void Write(TemporaryFolder files)
    {
        files.Write<float>(InputsFile, _inputs);
        files.Write<int>(LabelsFile, _labels);
    }
}
