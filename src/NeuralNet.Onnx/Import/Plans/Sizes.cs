using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>The numbers of features between layers that follow each other.</summary>
internal static class Sizes
{
    /// <summary>
    /// The number of features that the first layer must be given, if any layer tells; null if none does.
    /// </summary>
    public static int? FirstKnown<T>(IReadOnlyList<LayerPlan<T>> layers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (LayerPlan<T> layer in layers)
        {
            // Behind a layer of another size, nothing is known of what the first one takes.
            // A block asks the layers within, so it is asked once.
            int? size = layer.InputSize;
            if (size is not null || layer.OutputSize is not null)
            {
                return size;
            }
        }

        return null;
    }

    /// <summary>Makes the layers, each paired with its plan.</summary>
    /// <exception cref="InvalidDataException">A layer does not take what the one before gives.</exception>
    /// <exception cref="NotSupportedException">A layer refuses its hyperparameters.</exception>
    public static List<(LayerPlan<T> Plan, Layer<T> Layer)> Make<T>(
        IReadOnlyList<LayerPlan<T>> plans, FeatureShape inputShape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<(LayerPlan<T>, Layer<T>)> layers = [];
        FeatureShape shape = inputShape;
        foreach (LayerPlan<T> plan in plans)
        {
            if (plan.InputSize is int expected && expected != shape.Size)
            {
                throw plan.Node.Damaged($"it takes {Quantity.Of(expected, "feature")}, but is given {shape.Size}");
            }

            try
            {
                if (plan.Make(shape) is Layer<T> layer)
                {
                    layers.Add((plan, layer));
                    shape = layer.OutputShape;
                }
            }
            catch (ArgumentException exception)
            {
                throw plan.Node.Refuse(MessageText.Reason(exception));
            }
        }

        return layers;
    }
}
