using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>
/// a = U·h with h = V·x: a dense layer of rank r. ∂L/∂U = ∂L/∂a·hᵀ, ∂L/∂h = Uᵀ·∂L/∂a, ∂L/∂V = ∂L/∂h·xᵀ,
/// ∂L/∂x = Vᵀ·∂L/∂h.
/// </summary>
internal sealed class LowRank<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _u;
    private readonly Parameter<T> _v;

    public LowRank(int inputSize, int outputSize, int rank)
        : base("lowrank", inputSize, outputSize)
    {
        Rank = rank;
        _u = AddParameter("u", [outputSize, rank], new GlorotUniform());
        _v = AddParameter("v", [rank, inputSize], new GlorotUniform());
    }

    public int Rank { get; }

    public override void RequestMemory(MemoryRequest memory)
    {
        memory.Remember(Rank, memory.Samples);  // h
        memory.Scratch(Rank, memory.Samples);   // ∂L/∂h
    }

    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        MatrixSpan<T> hidden = context.Remembered(0);
        context.Multiply(_v.Value, input, hidden);
        context.Multiply(_u.Value, hidden, output);
    }

    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        MatrixSpan<T> hidden = context.Remembered(0);
        MatrixSpan<T> hiddenGradient = context.Scratch(0);
        context.Multiply(outputGradient, hidden, context.Gradient(_u), transposeRight: true);
        context.Multiply(_u.Value, outputGradient, hiddenGradient, transposeLeft: true);
        context.Multiply(hiddenGradient, input, context.Gradient(_v), transposeRight: true);
        if (!inputGradient.IsEmpty)
        {
            context.Multiply(_v.Value, hiddenGradient, inputGradient, transposeLeft: true);
        }
    }
}
