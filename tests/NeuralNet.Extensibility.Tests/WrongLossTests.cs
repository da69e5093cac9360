using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.GradientChecks;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Extensibility.Tests;

/// <summary>A deliberately wrong derivative of a loss is caught by the gradient check.</summary>
public sealed class WrongLossTests
{
    /// <summary>The mistakes people make.</summary>
    public enum Mistake
    {
        /// <summary>None: the check must pass.</summary>
        None,

        /// <summary>A factor 2.</summary>
        Factor,

        /// <summary>A wrong sign.</summary>
        Sign,

        /// <summary>The gradient by the target.</summary>
        Swapped,

        /// <summary>The mean over the outputs in the loss, not in the gradient.</summary>
        MeanForgotten,

        /// <summary>The mean over the batch in the gradient.</summary>
        BatchMeanInGradient,

        /// <summary>The mean over the batch in both, which is the engine's to take.</summary>
        BatchMeanInBoth,

        /// <summary>The gradient of the last sample alone.</summary>
        LastColumnOnly,

        /// <summary>Added to what the memory held.</summary>
        Accumulated,
    }

    public static TheoryData<Mistake> Mistakes { get; } = new(Enum.GetValues<Mistake>());

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_derivative_is_caught(Mistake mistake)
    {
        Matrix<double> outputs = Matrix<double>.Build.Dense(3, 4, (i, j) => (0.3 * i) - (0.2 * j));
        Matrix<double> targets = Matrix<double>.Build.Dense(3, 4, (i, j) => 0.55 - (0.1 * i * j));
        GradientCheckReport report = GradientCheck.Run(new Squares(mistake), outputs, targets);

        report.Passed.Should().Be(mistake == Mistake.None, report.ToString());
        report.Comparisons.Should().ContainSingle().Which.Should().Match<GradientComparison>(
            output => output.Name == "output" && output.Checked == 12 && output.Kinks == 0 && output.BelowNoise == 0);
    }

    /// <summary>L = (1/m) Σᵢ (oᵢ − tᵢ)²·oᵢ, with one mistake.</summary>
    private sealed class Squares(Mistake mistake) : ILoss
    {
        public string Name => "squares";

        public LossInput Input => LossInput.LogProbabilities;

        public void Compute<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T two = T.CreateChecked(2);
            T m = T.CreateChecked(outputs.Rows);
            T n = T.CreateChecked(outputs.Columns);
            for (int j = 0; j < outputs.Columns; j++)
            {
                losses[j] = T.Zero;
                for (int i = 0; i < outputs.Rows; i++)
                {
                    T o = outputs[i, j];
                    T error = o - targets[i, j];
                    losses[j] += error * error * o / (mistake == Mistake.BatchMeanInBoth ? m * n : m);
                    T slope = ((error * error) + (two * error * o)) / m;
                    gradient[i, j] = mistake switch
                    {
                        Mistake.Factor => two * slope,
                        Mistake.Sign => -slope,
                        Mistake.Swapped => -two * error * o / m,
                        Mistake.MeanForgotten => slope * m,
                        Mistake.BatchMeanInGradient or Mistake.BatchMeanInBoth => slope / n,
                        Mistake.LastColumnOnly when j < outputs.Columns - 1 => T.Zero,
                        Mistake.Accumulated => gradient[i, j] + slope,
                        _ => slope,
                    };
                }
            }
        }
    }
}
