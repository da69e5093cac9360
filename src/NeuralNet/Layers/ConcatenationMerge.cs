using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Concatenation: the channels of b₁, then those of b₂, … at every position. ∂L/∂bₖ is that part of ∂L/∂a.
/// </summary>
internal sealed class ConcatenationMerge : Merge
{
    public override string Name => "Concatenation";

    public override FeatureShape OutputShape(IReadOnlyList<FeatureShape> branches)
    {
        long channels = 0;
        for (int k = 0; k < branches.Count; k++)
        {
            if (branches[k].WithChannels(1) != branches[0].WithChannels(1))
            {
                throw new ArgumentException(
                    "A concatenation needs branches whose dimensions agree but for the last one; the first gives "
                    + $"{branches[0]} and number {k + 1} gives {branches[k]}. Flatten() at the end of a branch makes a "
                    + "row of features of what it gives.",
                    nameof(branches));
            }

            channels += branches[k].Channels;
        }

        return channels <= int.MaxValue / branches[0].Positions
            ? branches[0].WithChannels((int)channels)
            : throw new ArgumentException(
                $"The concatenation of {Quantity.Of(branches.Count, "branch", "branches")} has "
                + $"{Quantity.Of(channels, "channel")} at each of "
                + $"{Quantity.Of(branches[0].Positions, "position")}, but a shape has at most {int.MaxValue} elements: "
                + "make the branches narrower.",
                nameof(branches));
    }

    public override void Forward<T>(BranchOutputs<T> branches, MatrixSpan<T> output)
    {
        int positions = branches.OutputShape.Positions;
        int channels = output.Rows / positions;
        int start = 0;
        for (int k = 0; k < branches.Count; k++)
        {
            ReadOnlyMatrixSpan<T> from = branches[k];
            int count = from.Rows / positions;
            for (int j = 0; j < positions * output.Columns; j++)
            {
                from.Values.Slice(j * count, count).CopyTo(output.Values[((j * channels) + start)..]);
            }

            start += count;
        }
    }

    public override void Backward<T>(
        int branch,
        BranchOutputs<T> branches,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient)
    {
        int positions = branches.OutputShape.Positions;
        int channels = output.Rows / positions;
        int count = branchGradient.Rows / positions;
        int start = 0;
        for (int k = 0; k < branch; k++)
        {
            start += branches[k].Rows / positions;
        }

        for (int j = 0; j < positions * output.Columns; j++)
        {
            outputGradient.Values.Slice((j * channels) + start, count).CopyTo(branchGradient.Values[(j * count)..]);
        }
    }
}
