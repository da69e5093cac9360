using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// The order in which the columns of the network hold the axes of a value. That of the input is open until the first
/// layer for which it matters decides; whoever holds the order then sees it.
/// </summary>
/// <param name="source">The axes in the order in which the file has them, the slowest first.</param>
internal sealed class AxisOrder(IReadOnlyList<Axis> source)
{
    private IReadOnlyList<Axis>? _axes;

    /// <summary>The axes in the order in which the file has them.</summary>
    public Axis[] Source => [.. source.SelectMany(axis => axis.Parts)];

    /// <summary>The axes in the order in which the network has them.</summary>
    public Axis[] Axes => [.. (_axes ?? source).SelectMany(axis => axis.Parts)];

    /// <summary>The shape in which the columns are read; null as long as the order is open.</summary>
    public FeatureShape? Shape { get; private set; }

    /// <summary>True if the order is decided.</summary>
    public bool IsFixed => _axes is not null;

    /// <summary>An order that is decided from the start.</summary>
    public static AxisOrder Fixed(IReadOnlyList<Axis> axes, FeatureShape shape)
    {
        var order = new AxisOrder(axes);
        order.Fix(axes, shape);
        return order;
    }

    /// <summary>Decides the order.</summary>
    public void Fix(IReadOnlyList<Axis> axes, FeatureShape shape) => (_axes, Shape) = (axes, shape);
}
