using System.Numerics;

namespace NeuralNet.Batches;

/// <summary>Reads the batches of a training run, epoch after epoch.</summary>
internal interface IBatchReader<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of batches in an epoch, if it is known.</summary>
    int? BatchesPerEpoch { get; }

    /// <summary>Number of samples in an epoch, if it is known.</summary>
    int? SamplesPerEpoch { get; }

    /// <summary>Goes to the first batch of an epoch, or past the first ones of a resumed epoch.</summary>
    /// <param name="epoch">The epoch, counted from zero over the life of the trainer.</param>
    /// <param name="skip">Number of batches that have been trained on.</param>
    /// <param name="isLast">Whether no epoch is to follow, so that <see cref="HasMore"/> may be asked.</param>
    void StartEpoch(int epoch, int skip, bool isLast);

    /// <summary>The next batch, valid until the next call; null at the end of the epoch.</summary>
    BatchBuffer<T>? Read(CancellationToken cancellationToken);

    /// <summary>
    /// Whether a source has a further batch in the last epoch, as far as that is known after a short while. The batch
    /// is not read again.
    /// </summary>
    bool HasMore(TimeSpan patience) => false;

    /// <summary>
    /// Throws what the source threw at the end of the epoch, its disposal included, as far as that is known after a
    /// second. Asked when the epoch has been read to its end and none follows.
    /// </summary>
    void Complete()
    {
    }
}
