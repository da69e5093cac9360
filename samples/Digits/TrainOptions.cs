namespace NeuralNet.Samples.Digits;

/// <summary>The options of training.</summary>
internal sealed record TrainOptions
{
    /// <summary>The data source.</summary>
    public DataOptions Source { get; init; } = new();

    /// <summary>Number of training samples to train on, from the first; null for all.</summary>
    public int? TrainSamples { get; init; }

    /// <summary>Number of training samples, from the last, to hold out and validate on; null for the default.</summary>
    public int? ValidationSamples { get; init; }

    /// <summary>The kind of network, a key of <see cref="NetworkKind.All"/>.</summary>
    public required string Network { get; init; }

    /// <summary>Neurons of each hidden dense layer.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>The activation of the hidden layers, a key of <see cref="ModelFactory.Activations"/>.</summary>
    public required string Activation { get; init; }

    /// <summary>The activation of the last layer, a key of <see cref="ModelFactory.OutputActivations"/>.</summary>
    public required string OutputActivation { get; init; }

    /// <summary>The rule for the initial parameters, a key of <see cref="ModelFactory.Initializations"/>.</summary>
    public required string Initialization { get; init; }

    /// <summary>The share of each hidden layer's outputs dropped while training; null for none.</summary>
    public double? Dropout { get; init; }

    /// <summary>True to vary the training images.</summary>
    public bool Augment { get; init; }

    /// <summary>The loss, a key of <see cref="ModelFactory.Losses"/>.</summary>
    public required string Loss { get; init; }

    /// <summary>The optimizer, a key of <see cref="ModelFactory.Optimizers"/>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>η, the learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The schedule of the learning rate, a key of <see cref="ModelFactory.Schedules"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>Number of passes over the training samples.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>
    /// Epochs without improvement of the validation loss after which training ends; null for no early stopping.
    /// </summary>
    public int? EarlyStopping { get; init; }

    /// <summary>The seed of the initial parameters and the order of samples.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>True to test after every epoch, too.</summary>
    public bool TestEveryEpoch { get; init; }

    /// <summary>The file to save the network to, if any.</summary>
    public string? Save { get; init; }

    /// <summary>The folder for checkpoints, if any.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>True to resume from the newest checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>The file to write the summary to, if any.</summary>
    public string? Summary { get; init; }

    /// <summary>The file to write the figures of every epoch to, if any.</summary>
    public string? MetricsCsv { get; init; }

    /// <summary>The file to write the report to, if any.</summary>
    public string? Report { get; init; }
}
