using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Layers;

namespace NeuralNet.Traces;

/// <summary>The data of every layer's trace.</summary>
internal sealed record LayerRecord(
    Layer<double> Layer,
    int Number,
    Vector<double> Input,
    Vector<double> Output,
    Vector<double> OutputGradient,
    Vector<double> InputGradient,
    IReadOnlyList<ParameterTrace> Parameters,
    IReadOnlyList<LayerTrace> Layers);
