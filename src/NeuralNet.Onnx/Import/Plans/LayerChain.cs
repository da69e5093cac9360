using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>The layers read so far, one after the other, which the readers extend.</summary>
internal sealed class LayerChain<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<LayerPlan<T>> _plans = [];

    /// <summary>The layers from first to last.</summary>
    public IReadOnlyList<LayerPlan<T>> Plans => _plans;

    /// <summary>The last layer, if it is a dense one that no activation follows yet; else null.</summary>
    public DensePlan<T>? OpenDense => _plans is [.., DensePlan<T> { IsOpen: true } dense] ? dense : null;

    /// <summary>Adds a layer behind the last one.</summary>
    public void Add(LayerPlan<T> plan) => _plans.Add(plan);

    /// <summary>
    /// Adds an activation: to the dense layer before it if that has none, else as a layer of its own.
    /// </summary>
    public void Activate(OnnxNode node, IActivation activation)
    {
        if (OpenDense is DensePlan<T> dense)
        {
            dense.Close(activation);
        }
        else
        {
            Add(LayerPlans<T>.Activation(node, activation));
        }
    }

    /// <summary>The scaling that the chain ends in; a new one where it ends in something else.</summary>
    public ScalingPlan<T> Scaling(OnnxNode node, ParameterBudget budget)
    {
        if (_plans is [.., ScalingPlan<T> last])
        {
            return last;
        }

        var scaling = new ScalingPlan<T>(node, budget);
        Add(scaling);
        return scaling;
    }
}
