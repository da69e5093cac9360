using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Batches;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Images;

/// <summary>Reads the images of an epoch batch by batch.</summary>
internal sealed class ImageBatches<T>(ImageFolder folder, int batchSize, IFeatureTransform? transform)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads images in an order, of each batch a share.</summary>
    public async IAsyncEnumerable<Batch<T>> Read(
        int[] order, BatchShare share, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (int[] batch in order.Chunk(batchSize))
        {
            int[] chosen = share.Of(batch);
            // Awaited, so that a run that ends need not wait for the batch.
            ByteMatrix pixels = await Task.Run(() => folder.Read(chosen, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            Matrix<T> inputs = pixels.ToMatrix<T>();
            yield return new(
                transform is null ? inputs : transform.Transform(inputs),
                OneHot.Encode<T>(Array.ConvertAll(chosen, i => folder.Labels[i]), folder.Classes.Count),
                wholeCount: batch.Length);
        }
    }
}
