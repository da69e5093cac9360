using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Ensembles;

/// <summary>Keeps what the members of an ensemble give on the way to their mean, in the same pass.</summary>
internal sealed class MemberOutputs<T> : IPassObserver<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T>[] _members;
    private readonly Matrix<T>[] _outputs;
    private int _start;

    private MemberOutputs(Branches<T> branches, int samples)
    {
        _members = [.. branches.Children];
        _outputs =
        [
            .. _members.Select(member => Matrix<T>.Build.Dense(member.OutputSize, samples)),
        ];
    }

    /// <summary>Predicts samples in the blocks of <c>Predict</c>: the mean and the outputs of each member.</summary>
    public static (Matrix<T> Mean, Matrix<T>[] Members) Predict(
        Network<T> network, ReadOnlyMatrixSpan<T> inputs, int threads)
    {
        var observer = new MemberOutputs<T>(Ensemble.BranchesOf(network), inputs.Columns);
        Matrix<T> mean = Matrix<T>.Build.Dense(network.OutputSize, inputs.Columns);
        if (inputs.Columns == 0)
        {
            return (mean, observer._outputs);
        }

        var memory = new LayerMemory<T>(network.Body);
        var team = new ForkJoin(threads);
        T[] scratch = [];
        var blocks = Partition.OfAtMost(network.Plan.SamplesAtOnce, inputs.Columns);
        for (int block = 0; block < blocks.Parts; block++)
        {
            int count = blocks.Size(block);
            observer._start = blocks.Start(block);
            memory.Prepare(count, hasBackward: false);
            if (scratch.Length < memory.ScratchLength)
            {
                scratch = new T[memory.ScratchLength];
            }

            var output = new MatrixSpan<T>(
                mean.AsColumnMajorArray().AsSpan(observer._start * mean.RowCount, count * mean.RowCount),
                mean.RowCount,
                count);
            network.Body.Forward(
                inputs.ColumnRange(observer._start, count),
                output,
                new(memory, scratch, isTraining: false, random: default, team, observer));
        }

        return (mean, observer._outputs);
    }

    /// <inheritdoc/>
    public void AfterForward(Layer<T> layer, ReadOnlyMatrixSpan<T> input, ReadOnlyMatrixSpan<T> output)
    {
        int member = Array.IndexOf(_members, layer);
        if (member >= 0)
        {
            output.Values.CopyTo(_outputs[member].AsColumnMajorArray().AsSpan(_start * output.Rows));
        }
    }

    /// <inheritdoc/>
    public void BeforeBackward(Layer<T> layer, ReadOnlyMatrixSpan<T> outputGradient)
    {
    }

    /// <inheritdoc/>
    public void AfterBackward(Layer<T> layer, ReadOnlyMatrixSpan<T> inputGradient)
    {
    }
}
