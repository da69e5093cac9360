using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Training;

/// <summary>Finds out what is not finite in a training step.</summary>
internal static class Divergence
{
    /// <summary>A sentence that names the first thing that is not finite.</summary>
    public static string Describe<T>(
        BackpropagationEngine<T> engine,
        Gradients<T> gradients,
        double loss,
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (double.IsFinite(loss))
        {
            Parameter<T> parameter = engine.Network.Parameters.First(p => !Finite.All<T>(gradients.Values(p)));
            return $"the gradient of '{parameter.Name}' is not finite.";
        }

        if (!Finite.All(inputs.Values))
        {
            return "the inputs of the batch hold NaN or infinity.";
        }

        if (!Finite.All(targets.Values))
        {
            return "the targets of the batch hold NaN or infinity.";
        }

        return engine.FindNonFiniteLayer() is { } layer
            ? $"the outputs of the layer '{layer.Name}' are not finite."
            : $"the loss is {loss}, though the network's outputs are finite.";
    }
}
