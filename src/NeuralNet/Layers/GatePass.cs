using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Activations;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// The halves of each column multiplied, the second through an activation, and the gradient of it. Threads share the
/// columns; as columns are independent, their number changes no bit.
/// </summary>
internal static unsafe class GatePass
{
    /// <summary>a = x ⊙ σ(z), where x is the first half of a column of the input and z the second.</summary>
    /// <param name="activation">σ.</param>
    /// <param name="input">x above z.</param>
    /// <param name="z">The place for z by itself; may be that of the gate.</param>
    /// <param name="gate">The place for σ(z); may be that of a.</param>
    /// <param name="output">a.</param>
    /// <param name="team">The threads that share the columns.</param>
    public static void Forward<T>(
        IActivation activation,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> z,
        MatrixSpan<T> gate,
        MatrixSpan<T> output,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(output.Columns, input.Values.Length);
        fixed (T* x = input.Values, inner = z.Values, outer = gate.Values, a = output.Values)
        {
            team.Run(new ForwardJob<T>(activation, x, inner, outer, a, output.Rows, shares), shares.Parts);
        }
    }

    /// <summary>∂L/∂x = ∂L/∂a ⊙ σ(z), and ∂L/∂z by the activation from ∂L/∂σ(z) = ∂L/∂a ⊙ x.</summary>
    /// <param name="activation">σ.</param>
    /// <param name="input">x above z.</param>
    /// <param name="z">z by itself; empty where the activation does not read it.</param>
    /// <param name="gate">σ(z).</param>
    /// <param name="outputGradient">∂L/∂a, overwritten.</param>
    /// <param name="inputGradient">∂L/∂x above ∂L/∂z, to be overwritten.</param>
    /// <param name="team">The threads that share the columns.</param>
    public static void Backward<T>(
        IActivation activation,
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> gate,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(gate.Columns, input.Values.Length);
        fixed (T* x = input.Values, inner = z.Values, outer = gate.Values)
        fixed (T* above = outputGradient.Values, below = inputGradient.Values)
        {
            team.Run(
                new BackwardJob<T>(activation, x, inner, outer, above, below, gate.Rows, shares), shares.Parts);
        }
    }

    private static MatrixSpan<T> Columns<T>(T* matrix, int rows, int first, int count)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(new Span<T>(matrix + ((nint)first * rows), rows * count), rows, count);

    private readonly struct ForwardJob<T>(
        IActivation activation, T* input, T* z, T* gate, T* output, int rows, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            (int first, int count) = (shares.Start(part), shares.Size(part));
            MatrixSpan<T> halves = Columns(input, 2 * rows, first, count);
            MatrixSpan<T> inner = Columns(z, rows, first, count);
            for (int j = 0; j < count; j++)
            {
                halves.Column(j)[rows..].CopyTo(inner.Column(j));
            }

            MatrixSpan<T> outer = Columns(gate, rows, first, count);
            activation.Forward<T>(inner, outer);
            MatrixSpan<T> a = Columns(output, rows, first, count);
            for (int j = 0; j < count; j++)
            {
                TensorPrimitives.Multiply(halves.Column(j)[..rows], outer.Column(j), a.Column(j));
            }
        }
    }

    private readonly struct BackwardJob<T>(
        IActivation activation, T* input, T* z, T* gate, T* above, T* below, int rows, Partition shares)
        : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            (int first, int count) = (shares.Start(part), shares.Size(part));
            MatrixSpan<T> halves = Columns(input, 2 * rows, first, count);
            MatrixSpan<T> outer = Columns(gate, rows, first, count);
            MatrixSpan<T> gradient = Columns(above, rows, first, count);
            MatrixSpan<T> result = Columns(below, 2 * rows, first, count);
            for (int j = 0; j < count; j++)
            {
                TensorPrimitives.Multiply(gradient.Column(j), outer.Column(j), result.Column(j)[..rows]);
                TensorPrimitives.Multiply(gradient.Column(j), halves.Column(j)[..rows], gradient.Column(j));
            }

            activation.Backward<T>(z == null ? default : Columns(z, rows, first, count), outer, gradient, gradient);
            for (int j = 0; j < count; j++)
            {
                gradient.Column(j).CopyTo(result.Column(j)[rows..]);
            }
        }
    }
}
