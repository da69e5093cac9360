namespace NeuralNet.Samples.Mnist;

/// <summary>What a command line that trains asks for.</summary>
internal sealed record TrainOptions
{
    /// <summary>Where the data come from.</summary>
    public DataOptions Source { get; init; } = new();

    /// <summary>How many of the training samples to train on, from the first; null for all.</summary>
    public int? TrainSamples { get; init; }

    /// <summary>
    /// How many of the training samples, from the last, to hold out and validate on; null for what is needed.
    /// </summary>
    public int? ValidationSamples { get; init; }

    /// <summary>Neurons of each hidden layer.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>The activation of the hidden layers, a key of <see cref="ModelFactory.Activations"/>.</summary>
    public required string Activation { get; init; }

    /// <summary>The activation of the last layer, a key of <see cref="ModelFactory.OutputActivations"/>.</summary>
    public required string OutputActivation { get; init; }

    /// <summary>What the initial parameters are, a key of <see cref="ModelFactory.Initializations"/>.</summary>
    public required string Initialization { get; init; }

    /// <summary>The share of each hidden layer's outputs dropped while training; null for none.</summary>
    public double? Dropout { get; init; }

    /// <summary>Whether the training images are varied.</summary>
    public bool Augment { get; init; }

    /// <summary>The loss, a key of <see cref="ModelFactory.Losses"/>.</summary>
    public required string Loss { get; init; }

    /// <summary>The optimizer, a key of <see cref="ModelFactory.Optimizers"/>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>η.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How the learning rate changes, a key of <see cref="ModelFactory.Schedules"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>How often each sample is seen.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples per step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>
    /// Epochs without improvement of the validation loss after which training ends; null for no such end.
    /// </summary>
    public int? EarlyStopping { get; init; }

    /// <summary>Where the initial parameters and the order of samples come from.</summary>
    public required int Seed { get; init; }

    /// <summary>Threads to train with.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether to test after every epoch, too.</summary>
    public bool TestEveryEpoch { get; init; }

    /// <summary>The file the network goes to, if any.</summary>
    public string? Save { get; init; }

    /// <summary>The folder checkpoints go to, if any.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Whether to go on from the newest checkpoint.</summary>
    public bool Resume { get; init; }

    /// <summary>The file the summary goes to, if any.</summary>
    public string? Summary { get; init; }

    /// <summary>The file the figures of every epoch go to, if any.</summary>
    public string? MetricsCsv { get; init; }

    /// <summary>The file the report goes to, if any.</summary>
    public string? Report { get; init; }
}
