using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>
/// The forward and backward pass of one sample through one layer: a <see cref="DenseTrace"/>, a
/// <see cref="ConvolutionTrace"/> or a <see cref="RecurrentTrace"/> with every term, or an
/// <see cref="OtherLayerTrace"/> with inputs and outputs.
/// </summary>
public abstract class LayerTrace
{
    private protected LayerTrace(LayerRecord record)
    {
        Name = record.Layer.Name;
        Number = record.Number;
        InputShape = ShapeOf(record.Input, record.Layer.InputShape);
        OutputShape = ShapeOf(record.Output, record.Layer.OutputShape);
        Input = record.Input;
        Output = record.Output;
        OutputGradient = record.OutputGradient;
        InputGradient = record.InputGradient;
        Parameters = record.Parameters;
        Layers = record.Layers;
    }

    /// <summary>The layer's name, such as <c>dense1</c>.</summary>
    public string Name { get; }

    /// <summary>l, the layer's place in its sequence, counted from 1 as in the formulas.</summary>
    public int Number { get; }

    /// <summary>
    /// The shape of the input, the last dimension fastest. Of a layer that is applied to each step of a sequence, its
    /// first dimension are the steps.
    /// </summary>
    public FeatureShape InputShape { get; }

    /// <summary>The shape of the output, the last dimension fastest.</summary>
    public FeatureShape OutputShape { get; }

    /// <summary>a⁽ˡ⁻¹⁾, the input of the layer.</summary>
    public Vector<double> Input { get; }

    /// <summary>a⁽ˡ⁾, the output of the layer.</summary>
    public Vector<double> Output { get; }

    /// <summary>∂L/∂a⁽ˡ⁾, the gradient with respect to the output.</summary>
    public Vector<double> OutputGradient { get; }

    /// <summary>∂L/∂a⁽ˡ⁻¹⁾, the gradient with respect to the input, which the layer before receives.</summary>
    public Vector<double> InputGradient { get; }

    /// <summary>
    /// The layer's parameters with their gradients; running statistics, which have none, are left out.
    /// </summary>
    public IReadOnlyList<ParameterTrace> Parameters { get; }

    /// <summary>
    /// The layers within this one, in order, without those that it left out of its forward or backward pass; most
    /// layers have none.
    /// </summary>
    public IReadOnlyList<LayerTrace> Layers { get; }

    /// <summary>This trace and those of all layers within.</summary>
    internal IEnumerable<LayerTrace> SelfAndWithin() => Layers.SelectMany(layer => layer.SelfAndWithin()).Prepend(this);

    private protected static void RequireIndex(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(
                name, index, $"There are {count}, counted from 0, but {index} was asked for.");
        }
    }

    // A layer may see several columns of a sample, one of its own input each.
    private static FeatureShape ShapeOf(Vector<double> values, FeatureShape column) => values.Count == column.Size
        ? column
        : new FeatureShape([values.Count / column.Size, .. column.Dimensions.Take(FeatureShape.MaxRank - 1)]);

    /// <summary>The findings, term by term.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() => TraceText.Write(this);
}
