using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Networks;

/// <summary>A layer that passes its input on and lets a test see every pass.</summary>
internal sealed class Watched(int size, WatchedPass pass) : UnusedLayer<float>("watched", size, size)
{
    public override void Forward(
        ReadOnlyMatrixSpan<float> input, MatrixSpan<float> output, ForwardContext<float> context)
    {
        pass(input);
        input.Values.CopyTo(output.Values);
    }
}
