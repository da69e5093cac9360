using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Explanations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.PyTorch;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Explanations;

/// <summary>Gradients, attributions and dependences are those of PyTorch, Captum's formula and scikit-learn.</summary>
public sealed class ExplanationParityTests
{
    private const double Tolerance = 1e-9;
    private static readonly ReferenceCases _cases = ReferenceFile.Read<ReferenceCases>("explanations");

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Gradients_by_inputs_are_those_of_autograd(string name)
    {
        NetworkCase reference = _cases.Networks[name];
        Network<double> network = Load(name, reference.State);

        Matrix<double> gradient = network.InputGradient(Inputs(network, reference), reference.Output);

        RequireClose(gradient.ToColumnMajorArray(), reference.Gradient);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Integrated_gradients_are_those_of_Captums_formula(string name)
    {
        NetworkCase reference = _cases.Networks[name];
        Network<double> network = Load(name, reference.State);

        Attributions attributions = network.IntegratedGradients(
            Inputs(network, reference),
            reference.Output,
            Vector<double>.Build.Dense(reference.Baseline),
            new() { Steps = 50, Threads = 1 });

        RequireClose(attributions.Values.ToColumnMajorArray(), reference.Integrated);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_partial_dependence_is_that_of_scikit_learn(int feature)
    {
        DependenceCase reference = _cases.Dependence;
        Pipeline<double> pipeline = Pipeline.Create(Load("dependence", reference.State));
        Matrix<double> inputs = Matrix<double>.Build.Dense(3, reference.Targets.Length, reference.Inputs);

        PartialDependence found = pipeline.PartialDependence(
            inputs, feature, new() { Grid = reference.Grids[feature], KeepsCurves = true });

        RequireClose([.. found.Means.Row(0)], reference.Averages[feature]);
        RequireClose(found.Curves(0).ToRowMajorArray(), reference.Individual[feature]);
    }

    [Fact]
    public void A_feature_of_few_values_has_these_as_its_grid_as_in_scikit_learn()
    {
        DependenceCase reference = _cases.Dependence;
        Matrix<double> inputs = Matrix<double>.Build.Dense(3, reference.Targets.Length, reference.Inputs);

        new DependenceOptions { GridSize = 15 }.ValuesOf(inputs.Row(1), "feature 1").Should().Equal(reference.Grids[1]);
    }

    [Fact]
    public void A_shuffled_feature_has_the_error_that_scikit_learn_measures()
    {
        DependenceCase reference = _cases.Dependence;
        Pipeline<double> pipeline = Pipeline.Create(Load("dependence", reference.State));
        Matrix<double> inputs = Matrix<double>.Build.Dense(3, reference.Targets.Length, reference.Inputs);
        Matrix<double> targets = Matrix<double>.Build.Dense(1, reference.Targets.Length, reference.Targets);
        var data = SampleData<double>.Of(pipeline, inputs, targets);
        var run = new PermutationRun<double>(pipeline, data, Score.Loss(new MeanSquaredError()), new());

        RequireClose([run.Measure([], [])], [reference.Score]);
        RequireClose(
            [.. Enumerable.Range(0, 3).Select(feature => run.Measure([feature], reference.Order))], reference.Shuffled);
    }

    private static Network<double> Load(string name, string state)
    {
        Network<double> network = name switch
        {
            "mlp" => Network.Create<double>(5, seed: 1)
                .Dense(7).BatchNormalization().Activation(new Tanh()).Dropout(0.5).Dense(3, new Softmax()).Build(),
            "cnn" => Network.Create<double>(new FeatureShape(6, 6, 2), seed: 1)
                .Convolution(3, 3, activation: new ReLU()).MaxPooling(2).Dense(4).Build(),
            _ => Network.Create<double>(3, seed: 1).Dense(5, new Tanh()).Dense(1).Build(),
        };
        network.LoadStateDict(new MemoryStream(Convert.FromBase64String(state)));
        return network;
    }

    private static Matrix<double> Inputs(Network<double> network, NetworkCase reference) => Matrix<double>.Build.Dense(
        network.InputSize, reference.Inputs.Length / network.InputSize, reference.Inputs);

    private static void RequireClose(double[] actual, double[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], Tolerance * (Math.Abs(expected[i]) + (1e-3 * scale)));
        }
    }

    private sealed record ReferenceCases(Dictionary<string, NetworkCase> Networks, DependenceCase Dependence);

    private sealed record NetworkCase(
        string State, double[] Inputs, int Output, double[] Gradient, double[] Baseline, double[] Integrated);

    private sealed record DependenceCase(
        string State,
        double[] Inputs,
        double[] Targets,
        int[] Order,
        double Score,
        double[] Shuffled,
        double[][] Grids,
        double[][] Averages,
        double[][] Individual);
}
