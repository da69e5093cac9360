namespace NeuralNet.Reports.Recording;

/// <summary>What is measured over the epochs of a run. The names stand in files.</summary>
internal enum FigureKind
{
    /// <summary>The loss on some data.</summary>
    Loss,

    /// <summary>A metric on some data.</summary>
    Metric,

    /// <summary>The learning rate of the last step.</summary>
    LearningRate,

    /// <summary>Seconds of training.</summary>
    Seconds,

    /// <summary>Samples trained on.</summary>
    Samples,

    /// <summary>The length of the gradient of a layer's parameters.</summary>
    GradientNorm,

    /// <summary>The length of a layer's parameters.</summary>
    WeightNorm,

    /// <summary>The share of a layer's units that give 0 whatever the sample.</summary>
    DeadUnits,
}
