using System.Numerics;

namespace NeuralNet.Layers;

/// <summary>Computes the memory of a training step over a batch, without allocating it.</summary>
internal static class TrainingMemory
{
    /// <summary>
    /// Numbers that a forward and a backward pass need: the outputs and their gradients, what is remembered in between,
    /// scratch, and the gradient of each trainable parameter.
    /// </summary>
    public static long NumbersOf<T>(Layer<T> layer, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (long remembered, long scratch) = Of(layer, samples);
        return remembered + scratch + (2L * samples * layer.OutputSize)
            + layer.Parameters.Sum(parameter => parameter.IsTrainable ? (long)parameter.Count : 0);
    }

    // As LayerMemory lays it out: the layers within one run one after the other and share their scratch.
    private static (long Remembered, long Scratch) Of<T>(Layer<T> layer, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var request =
            new MemoryRequest([.. layer.Children.Select(child => (child.OutputSize, child.ColumnsPerSample))]);
        request.Begin(samples, hasBackward: true);
        layer.RequestMemory(request);
        long remembered = request.RememberedLength;
        long below = 0;
        for (int c = 0; c < layer.Children.Count; c++)
        {
            (long ofChild, long scratch) = Of(layer.Children[c], request.ColumnsOf(c));
            remembered += ofChild;
            below = Math.Max(below, scratch);
        }

        return (remembered, request.ScratchLength + below);
    }
}
