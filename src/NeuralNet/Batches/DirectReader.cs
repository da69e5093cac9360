using System.Numerics;

namespace NeuralNet.Batches;

/// <summary>Reads every batch when it is asked for: right where reading is no more than copying.</summary>
internal sealed class DirectReader<T>(IBatchFiller<T> filler, BatchBuffer<T> buffer) : IBatchReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int? BatchesPerEpoch => filler.BatchesPerEpoch;

    public int? SamplesPerEpoch => filler.SamplesPerEpoch;

    public void StartEpoch(int epoch, int skip, bool isLast) => filler.StartEpoch(epoch, skip);

    public BatchBuffer<T>? Read(CancellationToken cancellationToken) =>
        filler.Fill(buffer, cancellationToken) ? buffer : null;

    public void Dispose() => filler.EndEpoch();
}
