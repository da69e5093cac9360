using System.Numerics;

namespace NeuralNet.Batches;

/// <summary>
/// A source of batches that copies the next one into given memory, so that several may be in use. All of an epoch is
/// called by one thread at a time.
/// </summary>
internal interface IBatchFiller<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of batches in an epoch, if it is known.</summary>
    int? BatchesPerEpoch { get; }

    /// <summary>Number of samples in an epoch, if it is known.</summary>
    int? SamplesPerEpoch { get; }

    /// <summary>Goes to the first batch of an epoch, or past the first ones of a resumed epoch.</summary>
    void StartEpoch(int epoch, int skip);

    /// <summary>Fills the next batch in; false at the end of the epoch.</summary>
    bool Fill(BatchBuffer<T> buffer, CancellationToken cancellationToken);

    /// <summary>
    /// Whether there is a batch beyond the announced ones, which is lost by asking; it is waited for. Asked after the
    /// last batch of an epoch.
    /// </summary>
    bool HasMore() => false;

    /// <summary>Lets go of what reading the epoch needed, whether it was read to its end or not.</summary>
    void EndEpoch();
}
