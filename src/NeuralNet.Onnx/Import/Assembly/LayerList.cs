using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>
/// Layers that follow each other; each is made when it is added, for the shape that the last one gives.
/// </summary>
/// <param name="shape">The shape that the first layer is given.</param>
internal sealed class LayerList<T>(FeatureShape shape)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Layer<T>> _layers = [];

    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <summary>The shape that the last one gives.</summary>
    public FeatureShape Shape { get; private set; } = shape;

    /// <summary>Adds a layer.</summary>
    public void Add(Layer<T> layer)
    {
        _layers.Add(layer);
        Shape = layer.OutputShape;
    }

    /// <summary>Adds what a plan makes.</summary>
    /// <returns>The layer; null where there is none to make.</returns>
    /// <exception cref="NotSupportedException">The layer refuses its input or its hyperparameters.</exception>
    public Layer<T>? Add(LayerPlan<T> plan)
    {
        FeatureShape expected = plan.InputShape ?? Shape;
        if (expected.Size != Shape.Size)
        {
            throw plan.Node.Refuse($"it takes {Quantity.Of(expected.Size, "feature")}, but is given {Shape.Size}");
        }

        Read(expected);
        Layer<T>? layer = plan.Node.Checked(() => plan.Make(expected));
        if (layer is not null)
        {
            Add(layer);
        }

        return layer;
    }

    /// <summary>Makes what follows read the same numbers in another shape.</summary>
    public void Read(FeatureShape expected)
    {
        if (!expected.CanBeReadAs(Shape))
        {
            Add(new Reshape<T>(Shape, expected));
        }
    }

    /// <summary>Makes what follows read the same numbers in exactly this shape.</summary>
    public void ReadAs(FeatureShape expected)
    {
        if (expected != Shape)
        {
            Add(new Reshape<T>(Shape, expected));
        }
    }
}
