using System.Numerics;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Optimizers;

/// <summary>
/// The result of each optimizer on the problem of <c>Parity/optimizers.py</c>, compared with PyTorch.
/// </summary>
public sealed class OptimizerParityTests
{
    private static readonly OptimizerReference _reference = ReferenceFile.Read<OptimizerReference>("optimizers");

    public static TheoryData<string> Names => OptimizerCatalogue.Names;

    [Fact]
    public void Every_optimizer_is_in_the_catalogue() =>
        OptimizerCatalogue.All.Values.Select(optimizer => optimizer.GetType()).Distinct().Should().BeEquivalentTo(
            typeof(IOptimizer).Assembly.GetTypes()
                .Where(type => type.IsAssignableTo(typeof(IOptimizer)) && type.IsClass && !type.IsAbstract));

    [Fact]
    public void Every_case_of_the_catalogue_has_its_reference() =>
        _reference.Cases.Select(reference => reference.Name).Should().Equal(OptimizerCatalogue.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_goes_where_PyTorch_goes(string name)
    {
        double[][] expected = _reference.Cases.Single(reference => reference.Name == name).Values;
        double[][] values = Run<double>(OptimizerCatalogue.All[name]);
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
            {
                double error = Math.Abs(values[i][j] - expected[i][j]) / Math.Abs(expected[i][j]);
                error.Should().BeLessThan(1e-10, $"of element {j} after {_reference.Steps[i]} steps");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_goes_there_in_float_too(string name)
    {
        double[] expected = Run<double>(OptimizerCatalogue.All[name])[^1];
        float[] values = Run<float>(OptimizerCatalogue.All[name])[^1];
        for (int j = 0; j < expected.Length; j++)
        {
            ((double)values[j]).Should().BeApproximately(expected[j], 1e-4);
        }
    }

    private static T[][] Run<T>(IOptimizer optimizer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] x = Array.ConvertAll(_reference.Start, T.CreateChecked);
        T[] gradient = new T[x.Length];
        T[] slots = new T[x.Length * optimizer.SlotCount];
        var checkpoints = new List<T[]>();
        for (int step = 1; step <= _reference.Steps[^1]; step++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                T before = x[(i + x.Length - 1) % x.Length];
                T after = x[(i + 1) % x.Length];
                T difference = x[i] - T.CreateChecked(_reference.Centres[i]);
                gradient[i] = (T.CreateChecked(_reference.Scales[i]) * T.Tanh(difference))
                    + (T.CreateChecked(0.2) * T.Cos(x[i] + after)) + (T.CreateChecked(0.2) * T.Cos(before + x[i]));
            }

            optimizer.Step<T>(x, gradient, new(slots, optimizer.SlotCount), new(step, optimizer.LearningRate));
            if (_reference.Steps.Contains(step))
            {
                checkpoints.Add([.. x]);
            }
        }

        return [.. checkpoints];
    }
}
