using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>The numbers of features between layers that follow each other.</summary>
internal static class Sizes
{
    /// <summary>The shape that the first layer must be given, if any layer tells; null if none does.</summary>
    public static FeatureShape? FirstKnown<T>(IReadOnlyList<LayerPlan<T>> layers)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        layers.Select(layer => layer.InputShape).FirstOrDefault(shape => shape is not null);

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
            FeatureShape expected = plan.InputShape ?? shape;
            if (expected.Size != shape.Size)
            {
                throw plan.Node.Damaged($"it takes {Quantity.Of(expected.Size, "feature")}, but is given {shape.Size}");
            }

            if (!expected.CanBeReadAs(shape))
            {
                // The whole range of the rows, read in another shape.
                layers.Add((new SizePlan<T>(plan.Node, expected.Size), new Slice<T>(shape, 0, expected)));
            }

            try
            {
                if (plan.Make(expected) is Layer<T> layer)
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
