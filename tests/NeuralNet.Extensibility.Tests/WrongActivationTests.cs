using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests;

/// <summary>A deliberately wrong derivative of an activation is caught by the gradient check.</summary>
public sealed class WrongActivationTests
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

        /// <summary>σ' of a where σ' of z is meant.</summary>
        WrongArgument,

        /// <summary>∂L/∂a forgotten.</summary>
        ChainForgotten,

        /// <summary>The last sample is left out.</summary>
        LastColumnForgotten,

        /// <summary>Mixed with the other samples.</summary>
        MixesSamples,

        /// <summary>∂L/∂z written before ∂L/∂a was read: wrong where they share memory, as in a layer.</summary>
        WrongInPlace,

        /// <summary>Multiplies what ∂L/∂z holds: right only where that is the memory of ∂L/∂a.</summary>
        OnlyInPlace,

        /// <summary>σ(z) is rounded to float.</summary>
        ValueInFloat,
    }

    public static TheoryData<Mistake> Mistakes { get; } =
        new(Enum.GetValues<Mistake>().Where(mistake => mistake != Mistake.ValueInFloat));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_derivative_is_caught(Mistake mistake)
    {
        Matrix<double> z = Matrix<double>.Build.Dense(3, 4, (i, j) => -1.13 + (0.2 * ((4 * i) + j)));
        GradientCheckReport report = GradientCheck.Run(new Square(mistake), z);

        report.Passed.Should().Be(mistake == Mistake.None, report.ToString());
        report.Comparisons.Should().ContainSingle().Which.Should().Match<GradientComparison>(
            input => input.Name == "input" && input.Checked == 12 && input.Kinks == 0 && input.BelowNoise == 0);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(100.0)]
    [InlineData(1e4)]
    public void A_value_computed_in_float_proves_nothing(double size)
    {
        // The gradient is that of the formula; the values are too coarse to show it.
        Matrix<double> z = size * Matrix<double>.Build.Dense(3, 4, (i, j) => -1.13 + (0.2 * ((4 * i) + j)));
        GradientCheck.Run(new Square(Mistake.None), z).EnsurePassed();
        GradientCheck.Run(new Square(Mistake.ValueInFloat), z).Passed.Should().BeFalse();
    }

    /// <summary>σ(z) = z² + z, σ'(z) = 2z + 1, with one mistake.</summary>
    private sealed class Square(Mistake mistake) : IActivation
    {
        public string Name => "Square";

        public bool BackwardReadsInput => true;

        public OutputKind OutputKind => OutputKind.Real;

        public IInitializer DefaultInitializer { get; } = new GlorotUniform();

        public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (int i = 0; i < z.Values.Length; i++)
            {
                T value = (z.Values[i] * z.Values[i]) + z.Values[i];
                a.Values[i] = mistake == Mistake.ValueInFloat ? T.CreateChecked(float.CreateChecked(value)) : value;
            }
        }

        public void Backward<T>(
            ReadOnlyMatrixSpan<T> z,
            ReadOnlyMatrixSpan<T> a,
            ReadOnlyMatrixSpan<T> outputGradient,
            MatrixSpan<T> inputGradient)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T two = T.CreateChecked(2);
            T first = outputGradient.Values[0];
            for (int i = 0; i < z.Values.Length; i++)
            {
                T slope = (two * (mistake == Mistake.WrongArgument ? a : z).Values[i]) + T.One;
                if (mistake == Mistake.WrongInPlace)
                {
                    inputGradient.Values[i] = slope;
                }

                inputGradient.Values[i] = mistake switch
                {
                    Mistake.Factor => two * slope * outputGradient.Values[i],
                    Mistake.Sign => -slope * outputGradient.Values[i],
                    Mistake.ChainForgotten => slope,
                    Mistake.LastColumnForgotten when i / z.Rows == z.Columns - 1 => T.Zero,
                    Mistake.MixesSamples => slope * (outputGradient.Values[i] - first),
                    Mistake.OnlyInPlace => slope * inputGradient.Values[i],
                    _ => slope * outputGradient.Values[i],
                };
            }
        }
    }
}
