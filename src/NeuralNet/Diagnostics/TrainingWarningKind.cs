namespace NeuralNet.Diagnostics;

/// <summary>The kind of a training warning.</summary>
public enum TrainingWarningKind
{
    /// <summary>The inputs are far larger, or far smaller, than what a freshly drawn network expects.</summary>
    UnscaledInputs,

    /// <summary>Some features are far larger than the others, which then have hardly any effect.</summary>
    DifferentScales,

    /// <summary>Features that are the same for every sample.</summary>
    ConstantFeatures,

    /// <summary>Targets that no output can reach, or that the loss does not understand.</summary>
    TargetsOutOfRange,

    /// <summary>Targets that should be distributions over classes, such as one-hot ones, but do not sum to 1.</summary>
    TargetsNotDistributions,

    /// <summary>Targets so large that the squared error and its gradients are huge.</summary>
    UnscaledTargets,

    /// <summary>All samples have the same target.</summary>
    SameTargets,

    /// <summary>A layer whose activation has slope 0 for every sample: nothing is learned through it.</summary>
    DeadLayer,

    /// <summary>
    /// A layer whose outputs are nearly all at the bounds of its activation, where the slope is next to 0.
    /// </summary>
    SaturatedLayer,

    /// <summary>The loss has not fallen over the first epoch.</summary>
    LossNotFalling,

    /// <summary>
    /// An activation that limits the outputs, such as ReLU, before a loss that takes logits, or numbers of both signs.
    /// </summary>
    LimitedLogits,

    /// <summary>A softmax over a single output, which is 1 whatever the inputs are.</summary>
    SingleProbability,

    /// <summary>Dropout as the last layer, which drops outputs.</summary>
    DroppedOutputs,

    /// <summary>A network in which every parameter is frozen, or which has none.</summary>
    NothingToLearn,

    /// <summary>A learning rate of 0 throughout.</summary>
    ZeroLearningRate,

    /// <summary>Batch normalization of batches of one sample, which leaves nothing of it.</summary>
    SingleSampleBatches,

    /// <summary>A stream that gives another number of batches than it announced.</summary>
    OtherBatchCount,

    /// <summary>
    /// At least half of a layer's units (of a convolution, its filters) have slope 0 for every sample and at every
    /// position: they learn nothing.
    /// </summary>
    DeadUnits,

    /// <summary>
    /// Dense layers one after the other without an activation between, which together are no more than one.
    /// </summary>
    LinearLayers,

    /// <summary>Images in a shape that seems to have the channels first, where they are read as rows.</summary>
    ChannelsFirst,

    /// <summary>Validation inputs of another scale than those trained on, as where one of both was scaled.</summary>
    OtherValidationInputs,

    /// <summary>Classes of validation data that no training sample is of, as where sorted data are split.</summary>
    UnseenClasses,
}
