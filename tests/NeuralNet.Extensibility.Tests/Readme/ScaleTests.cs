using MathNet.Numerics.LinearAlgebra;
using NeuralNet.GradientChecks;

namespace NeuralNet.Extensibility.Tests.Readme;

public sealed class ScaleTests
{
    [Fact]
    public void Gradients_are_right()
    {
        Matrix<double> inputs = Matrix<double>.Build.Random(3, 5);
        GradientCheck.Run(new Scale(3), inputs).EnsurePassed();
    }
}
