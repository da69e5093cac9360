using System.Numerics;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>A layer.</summary>
internal sealed class LayerPart<T>(LayerPlan<T> plan, NetworkPart<T> input) : NetworkPart<T>(input)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The layer, which is made once all sizes are known.</summary>
    public LayerPlan<T> Plan => plan;

    public override bool IsFree => plan.MakesNothing;

    public override NetworkPart<T> Behind(IReadOnlyList<NetworkPart<T>> others) => new LayerPart<T>(plan, others[0]);
}
