namespace NeuralNet.Distributed;

/// <summary>The places of a run where all workers meet.</summary>
internal enum MeetingPlace
{
    /// <summary>The run begins, with the same state on all workers.</summary>
    Start,

    /// <summary>Between batches.</summary>
    Batch,

    /// <summary>The losses of a batch are known.</summary>
    Losses,

    /// <summary>Before a part of the validation samples.</summary>
    Validation,

    /// <summary>An epoch is over, with the same state on all workers.</summary>
    EpochEnd,

    /// <summary>The run is over.</summary>
    End,

    /// <summary>The run of this worker has failed.</summary>
    Failure,
}
