using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.CodeGeneration;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.CodeGeneration;

/// <summary>
/// The source of a network of padded sequences predicts what the network predicts, whatever stands in the padding.
/// </summary>
public sealed class PaddedSourceTests
{
    private const int Steps = 5;
    private const int Features = 3;

    public static TheoryData<string> Names { get; } = new(Layers<float>().Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_length_predicts_as_the_network_does(string name)
    {
        Compare<float>(name, 1e-5);
        Compare<double>(name, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(6)]
    [InlineData(2.5)]
    [InlineData(double.NaN)]
    public void What_is_no_number_of_steps_is_refused(double length)
    {
        Prediction<double> predict = Compiled(Network<double>("mean"));
        double[] sample = new double[(Steps * Features) + 1];
        sample[^1] = length;
        FluentActions.Invoking(() => predict(sample, new double[2]))
            .Should().Throw<ArgumentException>().WithMessage("*is no number of steps*from 1 to 5*");
    }

    private static Dictionary<string, Func<NetworkBuilder<T>, NetworkBuilder<T>>> Layers<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new()
        {
            ["per step"] = b => b.PerStep(step => step.Dense(4, new Sigmoid())),
            ["last of steps"] = b => b.PerStep(step => step.Dense(4, new Sigmoid())).LastStep(),
            ["last"] = b => b.LastStep(),
            ["attention"] = b => b.Activation(new Logarithm()).AttentionPooling(),
            ["attention of steps"] = b => b
                .Lstm(4, returnSteps: true).PerStep(step => step.Dense(3)).AttentionPooling(),
            ["mean"] = b => b.Activation(new Sigmoid()).GlobalAveragePooling(),
            ["mean of steps"] = b => b.PerStep(step => step.Dense(4, new Sigmoid())).GlobalAveragePooling(),
            ["maximum"] = b => b.Activation(new Reciprocal()).GlobalMaxPooling(),
            ["maximum below 0"] = b => b.PerStep(step => step.Dense(4, new LogSigmoid())).GlobalMaxPooling(),
            ["several"] = b => b.Branches(
                Merge.Concatenation,
                one => one.GlobalMaxPooling(),
                two => two.Residual(block => block.PerStep(step => step.Dense(3))).AttentionPooling(),
                three => three.Gru(2, returnSteps: true).LastStep()),
            ["steps of steps"] = b => b.PerStep(step => step.Dense(8).Reshape(new FeatureShape(4, 2))
                .PerStep(inner => inner.Dense(3)).GlobalAveragePooling()),
        };

    private static Network<T> Network<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        NeuralNet.Networks.Network.Create<T>((Steps * Features) + 1, seed: 1)
            .PaddedSequences(new FeatureShape(Steps, Features), Layers<T>()[name]).Dense(2).Build();

    private static Prediction<T> Compiled<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> => CompiledModel
        .Compile(network.ToCSharpSource(new() { ClassName = "Padded" })).Predict<T>("GeneratedModels.Padded");

    private static void Compare<T>(string name, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = Network<T>(name);
        Prediction<T> predict = Compiled(network);
        var random = new Random(1);
        for (int length = 1; length <= Steps; length++)
        {
            foreach (double padding in new[] { 0, 7, double.NaN })
            {
                T[] sample = new T[network.InputSize];
                for (int i = 0; i < sample.Length - 1; i++)
                {
                    sample[i] = T.CreateChecked(i < length * Features ? random.NextDouble() + 0.1 : padding);
                }

                sample[^1] = T.CreateChecked(length);
                T[] output = new T[2];
                predict(sample, output);
                double[] expected = [.. network.Predict(sample).Select(double.CreateChecked)];
                output.Select(double.CreateChecked).Should().Equal(
                    expected, (one, other) => Math.Abs(one - other) <= tolerance * Math.Max(1, Math.Abs(other)), name);
            }
        }
    }
}
