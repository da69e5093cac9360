using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>
/// What happened in one layer on one sample's way forward and back: a <see cref="DenseTrace"/> with every term, or an
/// <see cref="OtherLayerTrace"/> with what goes in and out.
/// </summary>
public abstract class LayerTrace
{
    private protected LayerTrace(LayerRecord record)
    {
        Name = record.Layer.Name;
        Number = record.Number;
        Input = record.Input;
        Output = record.Output;
        OutputGradient = record.OutputGradient;
        InputGradient = record.InputGradient;
        Parameters = record.Parameters;
    }

    /// <summary>The layer's name, such as <c>dense1</c>.</summary>
    public string Name { get; }

    /// <summary>l, the layer's place in the network, counted from 1 as in the formulas.</summary>
    public int Number { get; }

    /// <summary>a⁽ˡ⁻¹⁾, what the layer received.</summary>
    public Vector<double> Input { get; }

    /// <summary>a⁽ˡ⁾, what it gave.</summary>
    public Vector<double> Output { get; }

    /// <summary>∂L/∂a⁽ˡ⁾, what it received on the way back.</summary>
    public Vector<double> OutputGradient { get; }

    /// <summary>∂L/∂a⁽ˡ⁻¹⁾, what it handed on to the layer before.</summary>
    public Vector<double> InputGradient { get; }

    /// <summary>
    /// The layer's parameters with their gradients; running statistics, which have none, are left out.
    /// </summary>
    public IReadOnlyList<ParameterTrace> Parameters { get; }

    /// <summary>The findings, term by term.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() => TraceText.Write(this);
}
