using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Tests.Losses;

/// <summary>Properties of every loss.</summary>
public sealed class LossCatalogueTests
{
    private const int Asked = 5;

    public static TheoryData<string> Names => LossCatalogue.Names;

    [Fact]
    public void The_catalogue_holds_every_loss_of_the_library() =>
        LossCatalogue.All(Asked).Select(entry => entry.Loss.GetType()).Distinct().Should().BeEquivalentTo(
            typeof(ILoss).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ILoss)) && !type.IsAbstract));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_that_of_central_differences(string name)
    {
        LossCase entry = LossCatalogue.Get(name, Asked);
        int rows = entry.Outputs;
        (Matrix<double> outputs, Matrix<double> targets) = entry.Draw(samples: 20, seed: 3);
        double[] o = outputs.AsColumnMajorArray();
        double[] t = targets.AsColumnMajorArray();
        double[] gradient = LossResult<double>.Of(entry.Loss, rows, o, t).Gradient;

        const double Step = 2e-6;
        for (int i = 0; i < o.Length; i++)
        {
            // Truncation is L''' Step² / 6, with L''' up to 3·10³ where a probability is 0.05: 2·10⁻⁹. Rounding is some
            // 10⁻¹⁵ of a loss of up to 10, divided by Step: 5·10⁻⁹.
            double numeric = (LossAt(i, Step) - LossAt(i, -Step)) / (2 * Step);
            gradient[i]
                .Should().BeApproximately(numeric, 1e-8 * Math.Max(1, Math.Abs(numeric)), $"element {i} of {name}");
        }

        double LossAt(int i, double change)
        {
            double[] moved = (double[])o.Clone();
            moved[i] += change;
            return LossResult<double>.Of(entry.Loss, rows, moved, t).Losses[i / rows];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Float_gives_what_double_does_within_its_precision(string name)
    {
        // A float has 24 bits. With 5 outputs and a few roundings, the error stays within 32 units of 2⁻²³ of the
        // larger of 1 and the result, because terms here are at most a few units large.
        LossCase entry = LossCatalogue.Get(name, Asked);
        int rows = entry.Outputs;
        (Matrix<double> outputs, Matrix<double> targets) = entry.Draw(samples: 200, seed: 4);
        float[] o = Array.ConvertAll(outputs.AsColumnMajorArray(), x => (float)x);
        float[] t = Array.ConvertAll(targets.AsColumnMajorArray(), x => (float)x);
        LossResult<float> single = LossResult<float>.Of(entry.Loss, rows, o, t);
        LossResult<double> exact = LossResult<double>.Of(
            entry.Loss, rows, Array.ConvertAll(o, x => (double)x), Array.ConvertAll(t, x => (double)x));
        AssertClose(single.Losses, exact.Losses);
        AssertClose(single.Gradient, exact.Gradient);

        static void AssertClose(float[] actual, double[] expected)
        {
            for (int i = 0; i < actual.Length; i++)
            {
                ((double)actual[i])
                    .Should().BeApproximately(expected[i], 32.0 / (1 << 23) * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_overflows_where_the_mathematics_does_not(string name)
    {
        LossCase entry = LossCatalogue.Get(name, Asked);
        int rows = entry.Outputs;
        (Matrix<double> outputs, Matrix<double> targets) = entry.Draw(samples: 6, seed: 5);
        double[] o = outputs.AsColumnMajorArray();
        for (int i = 0; i < o.Length; i++)
        {
            o[i] = (entry.Loss, i % 3) switch
            {
                // Probabilities of 0 and 1; logarithms, of probabilities and of rates, far below 0; rates far above.
                ({ Input: LossInput.Probabilities }, _) => i % 2,
                (Poisson { LogInput: false } or MeanSquaredLogarithmicError, _) => 1e4,
                (GaussianNegativeLogLikelihood { LogVariance: false }, 0) => 1e4,
                (GaussianNegativeLogLikelihood { LogVariance: false }, _) => 0,
                (Poisson, _) => -1e4,
                ({ Input: LossInput.LogProbabilities }, _) => -1e4,
                (_, 0) => 1e4,
                (_, 1) => -1e4,
                _ => 0,
            };
        }

        double[] t = targets.AsColumnMajorArray();
        LossResult<double> exact = LossResult<double>.Of(entry.Loss, rows, o, t);
        exact.Losses.Should().OnlyContain(x => double.IsFinite(x));
        exact.Gradient.Should().OnlyContain(x => double.IsFinite(x));
        LossResult<float> single = LossResult<float>.Of(
            entry.Loss, rows, Array.ConvertAll(o, x => (float)x), Array.ConvertAll(t, x => (float)x));
        single.Losses.Should().OnlyContain(x => float.IsFinite(x));
        single.Gradient.Should().OnlyContain(x => float.IsFinite(x));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_is_handed_on_not_hidden(string name)
    {
        LossCase entry = LossCatalogue.Get(name, Asked);
        int rows = entry.Outputs;
        (Matrix<double> outputs, Matrix<double> targets) = entry.Draw(samples: 3, seed: 6);
        double[] before = LossResult<double>.Of(
            entry.Loss, rows, outputs.AsColumnMajorArray(), targets.AsColumnMajorArray()).Losses;
        for (int i = 0; i < rows; i++)
        {
            Matrix<double> broken = outputs.Clone();
            broken[i, 1] = double.NaN;
            LossResult<double>.Of(entry.Loss, rows, broken.AsColumnMajorArray(), targets.AsColumnMajorArray()).Losses
                .Should().Equal(before[0], double.NaN, before[2]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_allocates_nothing(string name)
    {
        AssertAllocatesNothing<float>(name);
        AssertAllocatesNothing<double>(name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shapes_that_do_not_fit_are_refused(string name)
    {
        LossCase entry = LossCatalogue.Get(name, 2);
        ILoss loss = entry.Loss;
        int rows = entry.Outputs;
        Refused(loss, (rows, 3), (rows, 2), 3, (rows, 3))
            .WithMessage($"The targets must be {rows} × 3 like the outputs, but are {rows} × 2.*")
            .WithParameterName("targets");
        Refused(loss, (rows, 3), (rows + 1, 2), 3, (rows, 3)).WithParameterName("targets");
        Refused(loss, (rows, 3), (rows, 3), 3, (rows, 4)).WithMessage($"The gradient must be {rows} × 3*")
            .WithParameterName("gradient");
        Refused(loss, (rows, 3), (rows, 3), 2, (rows, 3))
            .WithMessage("There must be room for 3 losses, one per sample, but there is for 2.*")
            .WithParameterName("losses");
        Refused(loss, (0, 3), (0, 3), 3, (0, 3)).WithMessage("A sample must have at least one output*")
            .WithParameterName("outputs");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(
        ILoss loss,
        (int Rows, int Columns) outputs,
        (int Rows, int Columns) targets,
        int losses,
        (int Rows, int Columns) gradient) =>
        FluentActions.Invoking(() => loss.Compute<double>(
                new(new double[outputs.Rows * outputs.Columns], outputs.Rows, outputs.Columns),
                new(new double[targets.Rows * targets.Columns], targets.Rows, targets.Columns),
                new double[losses],
                new(new double[gradient.Rows * gradient.Columns], gradient.Rows, gradient.Columns)))
            .Should().Throw<ArgumentException>();

    private static void AssertAllocatesNothing<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // 300 outputs are more than a piece of those losses that work in pieces.
        LossCase entry = LossCatalogue.Get(name, 300);
        int rows = entry.Outputs;
        (Matrix<double> outputs, Matrix<double> targets) = entry.Draw(samples: 4, seed: 7);
        T[] o = Array.ConvertAll(outputs.AsColumnMajorArray(), T.CreateChecked);
        T[] t = Array.ConvertAll(targets.AsColumnMajorArray(), T.CreateChecked);
        T[] losses = new T[4];
        T[] gradient = new T[o.Length];
        Allocations.WhenWarm(
            () => entry.Loss.Compute<T>(new(o, rows, 4), new(t, rows, 4), losses, new(gradient, rows, 4)))
            .Should().Be(0);
    }
}
